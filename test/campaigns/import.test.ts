import assert from 'node:assert/strict';
import { after, describe, test } from 'node:test';
import iconv from 'iconv-lite';
import { putOnDoNotCall } from '../../campaigns/do-not-call/index.ts';
import { isDomainError } from '../../platform/errors/index.ts';
import { addList, START } from '../support/campaign-world.ts';
import { testDatabases } from '../support/databases.ts';
import { assertBooksAgree, countsOf, type ImportLab, leadsOf, openImportLab } from '../support/import-lab.ts';

for (const engine of testDatabases()) {
  describe(`an import on ${engine.name}`, { timeout: 60_000 }, () => {
    const open: ImportLab[] = [];
    const fresh = async (options?: { maxBytes?: number }) => {
      const lab = await openImportLab(engine, options);
      open.push(lab);
      return { lab, listId: await addList(lab.db, lab.world) };
    };
    after(async () => {
      for (const lab of open) await lab.close();
    });

    test('rows become leads with their customers, numbers in dialing order, place, consent and rank', async () => {
      const { lab, listId } = await fresh();
      const result = await lab.load(
        listId,
        '姓名,备用电话2,电话1,车型,同意,优先级,时区\n' +
          '张三,010-88886666转801,13800138000,红旗,是,7,\n李四,,+13055550123,,否,,America/New_York\n',
      );
      assert.deepEqual(countsOf(result), [2, 2, 0, 0, 0]);
      const [first, second] = await leadsOf(lab.db);
      assert.deepEqual(first?.numbers, ['+8613800138000', '+861088886666;801']);
      assert.deepEqual(
        [first?.profile.name, first?.vars, first?.consent],
        ['张三', { 车型: '红旗' }, 'optIn'],
      );
      assert.deepEqual([first?.rank, second?.rank], [93, 100]);
      assert.deepEqual([first?.zoneKey, second?.consent], ['Asia/Shanghai;cn', null]);
      assert.match(second?.zoneKey ?? '', /^America\/New_York;.*us-FL/);
      await assertBooksAgree(lab.db);
    });

    test('the same file twice changes nothing', async () => {
      const { lab, listId } = await fresh();
      const text = '姓名,电话,备用电话\n张三,13800138000,13900139000\n李四,13700137000,\n';
      await lab.load(listId, text);
      const before = await leadsOf(lab.db);
      assert.deepEqual(countsOf(await lab.load(listId, text)), [2, 0, 2, 0, 0]);
      assert.deepEqual(await leadsOf(lab.db), before);
    });

    test('a duplicate is found on any number, extension included, in the file, the list and the campaign', async () => {
      const { lab, listId } = await fresh();
      const other = await addList(lab.db, lab.world);
      await lab.load(other, 'name,phone\nAnn,010-88886666 转 1\nBob,13800138000\n');
      const result = await lab.load(
        listId,
        'name,phone,phone 2\nAnn,13700137000,010-88886666转1\nCid,010-88886666转2,\n' +
          'Dan,010-88886666,\nEve,13600136000,13800138000\nDan,13500135000,01088886666\n',
      );
      assert.deepEqual(countsOf(result), [5, 2, 3, 0, 0]);
      const names = (await leadsOf(lab.db)).filter((lead) => lead.listId === listId);
      assert.deepEqual(
        names.map(({ profile }) => profile.name),
        ['Cid', 'Dan'],
      );
    });

    test('another campaign may have the number too, and both leads are one customer, across vendors', async () => {
      const { lab, listId } = await fresh();
      const elsewhere = lab.world.ids.next();
      await lab.db.transact(async (tx) => {
        await tx.knex('vendors').insert({ id: elsewhere, name: 'elsewhere', created_at: START });
      });
      const theirs = await addList(lab.db, lab.world, { vendorId: elsewhere });
      await lab.db.transact((tx) => tx.knex('lists').where({ id: theirs }).update({ campaign_id: null }));
      lab.viewer = { ...lab.viewer, scope: 'all' };
      await lab.load(theirs, 'name,phone\nLi  Lei,13800138000\nHan,13900139000\n');
      const result = await lab.load(
        listId,
        'name,phone,phone2\nＬＩ LEI,13800138000,13500135000\nMei,13900139000,\n',
      );
      assert.deepEqual(countsOf(result), [2, 2, 0, 0, 0], 'nothing tells of the other vendor');
      const [lei, han, alsoLei, mei] = await leadsOf(lab.db);
      assert.equal(lei?.customerId, alsoLei?.customerId);
      assert.notEqual(han?.customerId, mei?.customerId);
      await assertBooksAgree(lab.db);
    });

    test('a duplicate may be added all the same, as another lead of the same customer', async () => {
      const { lab, listId } = await fresh();
      const text = 'name,phone\nAnn,13800138000\nAnn,13800138000\nBob,13800138000\n';
      assert.deepEqual(countsOf(await lab.load(listId, text, { duplicates: 'add' })), [3, 3, 0, 0, 0]);
      const [ann, again, bob] = await leadsOf(lab.db);
      assert.equal(ann?.customerId, again?.customerId);
      assert.notEqual(ann?.customerId, bob?.customerId);
      await assertBooksAgree(lab.db);
    });

    test('a duplicate may bring the known lead up to date, in the file as well as on disk', async () => {
      const { lab, listId } = await fresh();
      await lab.load(listId, 'name,phone,car,consent\nAnn,13800138000,red,yes\n');
      const result = await lab.load(
        listId,
        'name,phone,phone 2,city,consent,priority,time zone\nAnn Lee,13800138000,13900139000,Paris,no,5,\n' +
          'Bob,13700137000,,,,,\nAnn Lee,13900139000,,Rome,,,Europe/Rome\nBob B,13700137000,13600136000,,yes,,\n',
        { duplicates: 'update' },
      );
      assert.deepEqual(countsOf(result), [4, 1, 3, 0, 0]);
      const [ann, bob] = await leadsOf(lab.db);
      assert.deepEqual(ann?.numbers, ['+8613800138000', '+8613900139000']);
      assert.deepEqual(
        [ann?.profile.name, ann?.profile.city, ann?.vars],
        ['Ann Lee', 'Rome', { car: 'red' }],
      );
      assert.deepEqual([ann?.consent, ann?.rank], [null, 95]);
      assert.match(ann?.zoneKey ?? '', /Europe\/Rome/);
      assert.deepEqual([bob?.profile.name, bob?.numbers.length, bob?.consent], ['Bob B', 2, 'optIn']);
      await assertBooksAgree(lab.db);
      assert.deepEqual(
        countsOf(await lab.load(listId, 'name,phone\nBob B,13600136000\n', { duplicates: 'update' })),
        [1, 0, 1, 0, 0],
      );
      assert.equal((await leadsOf(lab.db)).length, 2);
    });

    test('numbers on do-not-call are left out, of everybody or of this vendor, and rows without another are not loaded', async () => {
      const { lab, listId } = await fresh();
      const entry = { customerId: null, reason: 'asked', source: 'user', note: null, createdBy: null };
      const entries = [
        { ...entry, e164: '+8613800138000', vendorId: null },
        { ...entry, e164: '+8613900139000', vendorId: lab.world.vendorId },
        { ...entry, e164: '+8613700137000', vendorId: lab.world.ids.next() },
      ];
      const { ids } = lab.world;
      await lab.db.transact((tx) => putOnDoNotCall(tx, { entries, ids, now: START }));
      const text =
        'name,phone,phone2\nAnn,13800138000,13900139000\nBob,13900139000,13600136000\nCid,13700137000,\n';
      assert.deepEqual(countsOf(await lab.load(listId, text)), [3, 2, 0, 1, 0]);
      const leads = await leadsOf(lab.db);
      assert.deepEqual(
        leads.map(({ numbers }) => numbers),
        [['+8613600136000'], ['+8613700137000']],
      );
      await assertBooksAgree(lab.db);
      assert.deepEqual(countsOf(await lab.load(listId, text)), [3, 0, 2, 1, 0]);
    });

    test('rejected rows come back as a file that is corrected and loaded', async () => {
      const { lab, listId } = await fresh();
      const text = '姓名,电话\n张三,13800138000\n=李四,1.38E+10\n王五\n赵六,13900139000\n';
      const first = await lab.load(listId, text);
      assert.deepEqual(countsOf(first), [4, 2, 0, 0, 2]);
      const download = await lab.imports.rejects(lab.db.reader, lab.viewer, { listId, importId: first.id });
      assert.equal(download.fileName, 'leads-rejects.csv');
      let rejects = '';
      for await (const part of download.content as AsyncIterable<string>) rejects += part;
      assert.match(rejects, /'=李四,1\.38E\+10,3,spreadsheet_scientific: 电话\r\n王五,,4,row_too_few_cells/);
      assert.equal((await lab.files.stat(first.rejectsKey ?? ''))?.bytes, Buffer.byteLength(rejects));
      const corrected = rejects.replace('1.38E+10', '13700137000').replace('王五,', '王五,13600136000');
      assert.deepEqual(countsOf(await lab.load(listId, corrected)), [2, 2, 0, 0, 0]);
      const names = (await leadsOf(lab.db)).map(({ profile }) => profile.name);
      assert.deepEqual(names, ['张三', '赵六', '=李四', '王五']);
    });

    test('a list in GB18030 is loaded as it was written', async () => {
      const { lab, listId } = await fresh();
      const rows = Array.from({ length: 40 }, (_, n) => `张伟${n},1380013${8000 + n},北京市海淀区中关村`);
      const file = iconv.encode(`姓名,手机号码,地址\n${rows.join('\n')}\n`, 'gb18030');
      assert.deepEqual(countsOf(await lab.load(listId, file)), [40, 40, 0, 0, 0]);
      assert.equal((await leadsOf(lab.db))[0]?.profile.address, '北京市海淀区中关村');
    });

    test('progress is told by rows while it runs, and the end is put in the outbox', async () => {
      const { lab, listId } = await fresh();
      const rows = Array.from({ length: 1_000 }, (_, n) => `A${n},1380013${String(n).padStart(4, '0')}`);
      const result = await lab.load(listId, `name,phone\n${rows.join('\n')}\n`);
      const told = lab.events.map(({ payload }) => (payload as { rows: number }).rows);
      assert.ok(told.length >= 3, told.join(' '));
      assert.deepEqual(
        told,
        [...told].sort((a, b) => a - b),
      );
      assert.equal(told.at(-1), 1_000);
      const status = await lab.imports.status(lab.db.reader, lab.viewer, { listId, importId: result.id });
      assert.deepEqual([status.state, status.rowsTotal], ['done', 1_000]);
      const [ended] = await lab.db.reader.raw<{ name: string; payload: string }>(
        "select name, payload from outbox where name like 'list_import%'",
      );
      assert.equal(JSON.parse(ended?.payload ?? '{}').state, 'done');
    });

    test("somebody else's list, file or import is not there", async () => {
      const { lab, listId } = await fresh();
      const other = await addList(lab.db, lab.world);
      const fileId = await lab.upload(listId, 'name,phone\nA,13800138000\n');
      const stranger = { ...lab.viewer, vendorId: lab.world.ids.next(), scope: 'vendor' as const };
      const options = { acceptGuess: false, mapping: {} };
      await assert.rejects(lab.imports.preview(stranger, { listId, fileId }, options), has('list_not_found'));
      await assert.rejects(
        lab.imports.preview(lab.viewer, { listId: other, fileId }, options),
        has('upload_not_found'),
      );
      const importId = await lab.begin(listId, 'name,phone\nA,13800138000\n');
      const at = { listId: other, importId };
      await assert.rejects(lab.imports.status(lab.db.reader, lab.viewer, at), has('import_not_found'));
    });

    test('a preview shows what was found, and what the first rows would become', async () => {
      const { lab, listId } = await fresh();
      const fileId = await lab.upload(listId, 'name;phone;car\nA;13800138000;red\nB;1.3E+10;blue\n');
      const preview = await lab.imports.preview(
        lab.viewer,
        { listId, fileId },
        { acceptGuess: false, mapping: { car: 'note' } },
      );
      assert.deepEqual(
        [preview.delimiter, preview.columns.map(({ target }) => target)],
        [';', ['name', 'phone', 'note']],
      );
      assert.deepEqual(
        preview.rows.map(({ code }) => code),
        [null, 'spreadsheet_scientific'],
      );
    });

    test('uploads that were read are removed in time, those still to be read stay', async () => {
      const { lab, listId } = await fresh();
      await lab.load(listId, 'name,phone\nA,13800138000\n');
      const importId = await lab.begin(listId, 'name,phone\nB,13900139000\n');
      const stored = (await lab.files.list('uploads', { limit: 10 })).map(({ storedAt }) => storedAt);
      assert.equal(stored.length, 4);
      assert.equal(await lab.imports.purgeUploads(Math.min(...stored)), 0);
      assert.equal(await lab.imports.purgeUploads(Math.max(...stored) + 1), 2);
      assert.deepEqual(countsOf(await lab.run(importId)), [1, 1, 0, 0, 0]);
      assert.equal(await lab.imports.purgeUploads(Math.max(...stored) + 1), 2);
    });

    test('a file over the limit, or one that is no list, leaves nothing behind', async () => {
      const { lab, listId } = await fresh({ maxBytes: 1_000 });
      const tooLong = `name,phone\n${'A,13800138000\n'.repeat(100)}`;
      await assert.rejects(lab.upload(listId, tooLong), has('file_too_large'));
      assert.deepEqual(await lab.files.list('', { limit: 10 }), []);
      await assert.rejects(lab.begin(listId, '%PDF-1.7 and so on'), has('list_kind_unsupported'));
      await assert.rejects(lab.begin(listId, 'name,city\nA,B\nC,D\n'), has('mapping_invalid'));
      assert.deepEqual(await lab.imports.list(lab.db.reader, lab.viewer, listId), []);
      assert.deepEqual(lab.jobs, []);
    });
  });
}

function has(code: string) {
  return (error: unknown) => isDomainError(error, code) || assert.fail(String(error));
}
