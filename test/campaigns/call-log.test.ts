import assert from 'node:assert/strict';
import { after, before, describe, test } from 'node:test';
import { correctDisposition } from '../../campaigns/calls/index.ts';
import type { Database } from '../../platform/db/index.ts';
import { isDomainError } from '../../platform/errors/index.ts';
import type { Id } from '../../platform/ids/index.ts';
import { checkBooks } from '../support/book-keeper.ts';
import { createDriver, RULES } from '../support/call-driver.ts';
import { addLeads, addList, fictionalNumber, START } from '../support/campaign-world.ts';
import { type TestDatabase, testDatabases } from '../support/databases.ts';

const minute = 60_000;
const hour = 60 * minute;

for (const engine of testDatabases()) {
  describe(`call log on ${engine.name}`, () => {
    let database: TestDatabase;
    let db: Database;
    let used = 0;

    before(async () => {
      database = await engine.open();
      db = database.db;
    });
    after(() => database.close());

    async function setUp(leads: { numbers: number }[] = [{ numbers: 1 }]) {
      const driver = await createDriver(db, `log ${used++}`);
      const listId = await addList(db, driver.world);
      const rows = leads.map(({ numbers }) => ({
        zoneId: driver.zoneId,
        numbers: Array.from({ length: numbers }, () => fictionalNumber(used++)),
      }));
      const leadIds = await addLeads(db, driver.world, { listId, leads: rows });
      return { driver, listId, leadIds, numbers: rows.map((row) => row.numbers) };
    }

    async function one<Row>(sql: string, ...bindings: unknown[]): Promise<Row> {
      const [row] = await db.reader.raw<Row>(sql, bindings);
      assert.ok(row, sql);
      return row;
    }

    const leadOf = (id: Id | undefined) =>
      one<{
        state: string;
        reason: string;
        due_at: number | null;
        attempts: number;
        agent_id: string | null;
      }>('select state, reason, due_at, attempts, agent_id from leads where id = ?', id);

    const totalsOf = (campaignId: Id) =>
      one<Record<string, number>>(
        `select coalesce(sum(attempts), 0) as attempts, coalesce(sum(connected), 0) as connected, coalesce(sum(sales), 0) as sales,
           coalesce(sum(refusals), 0) as refusals, coalesce(sum(right_person), 0) as right_person, coalesce(sum(talk_ms), 0) as talk_ms,
           coalesce(sum(first_attempts), 0) as first_attempts, coalesce(sum(wrap_up_ms), 0) as wrap_up_ms
         from report_buckets where campaign_id = ?`,
        campaignId,
      );

    async function inOrder(): Promise<void> {
      assert.deepEqual(await checkBooks(db), []);
    }

    test('an end said twice is counted once and moves the lead once', async () => {
      const { driver, leadIds } = await setUp();
      const [lead] = await driver.next(1, START);
      assert.ok(lead);
      const facts = await driver.fail(lead, { outcome: 'busy', now: START });
      await driver.record({ type: 'attemptEnded', attempt: facts }, { type: 'attemptEnded', attempt: facts });
      await driver.record({ type: 'attemptEnded', attempt: { ...facts, outcome: 'noAnswer' } });
      assert.equal((await totalsOf(driver.world.campaignId)).attempts, 1);
      const row = await leadOf(leadIds[0]);
      assert.deepEqual(
        { ...row },
        {
          state: 'waiting',
          reason: 'busy',
          due_at: START + 20_000 + 10 * minute,
          attempts: 1,
          agent_id: null,
        },
      );
      await inOrder();
    });

    test('what is said late of an attempt that has ended is nothing any more', async () => {
      const { driver, leadIds } = await setUp();
      const [lead] = await driver.next(1, START);
      assert.ok(lead);
      const facts = await driver.claim(lead, START);
      assert.ok(facts);
      const answered = { ...facts, answeredAt: START + 4_000 };
      const ended = { ...answered, endedAt: START + 9_000, outcome: 'abandoned' as const };
      await driver.record(
        { type: 'attemptEnded', attempt: ended },
        { type: 'attemptAnswered', attempt: answered },
      );
      assert.equal((await leadOf(leadIds[0])).reason, 'abandoned');
      await driver.record({ type: 'attemptAnswered', attempt: answered });
      const { abandoned, answered: people } = await one<{ abandoned: number; answered: number }>(
        'select abandoned, answered from abandon_ledger where campaign_id = ?',
        driver.world.campaignId,
      );
      assert.deepEqual([abandoned, people], [1, 1]);
      await inOrder();
    });

    test('a customer who is joined too late counts as answered and as abandoned', async () => {
      const { driver } = await setUp();
      const [lead] = await driver.next(1, START);
      assert.ok(lead);
      const facts = await driver.claim(lead, START);
      assert.ok(facts);
      const late = {
        ...facts,
        answeredAt: START + 4_000,
        connectedAt: START + 7_000,
        connectedLate: true,
        agentId: driver.world.agentIds[0] ?? '',
        callId: driver.world.ids.next(),
      };
      // begun and ended in one batch
      await driver.record(
        { type: 'attemptConnected', attempt: late },
        { type: 'attemptEnded', attempt: { ...late, endedAt: START + 20_000, outcome: 'answered' } },
      );
      const row = await one<{ abandoned: number; answered: number; connected: number }>(
        'select abandoned, answered, connected from report_buckets where campaign_id = ?',
        driver.world.campaignId,
      );
      assert.deepEqual({ ...row }, { abandoned: 1, answered: 1, connected: 1 });
      await inOrder();
    });

    test('the day’s cap sends a lead to the next day of its own place', async () => {
      const { driver, leadIds } = await setUp();
      let now = START; // 18:00 in Shanghai
      for (let nth = 0; nth < RULES.retryPlan.maxPerLeadPerDay; nth++) {
        const [lead] = await driver.next(1, now);
        assert.ok(lead);
        await driver.fail(lead, { outcome: 'busy', now });
        now += 15 * minute;
      }
      assert.equal((await leadOf(leadIds[0])).due_at, Date.UTC(2026, 10, 22, 16));
      await inOrder();
    });

    test('a failure of ours costs the lead no attempt', async () => {
      const { driver, leadIds } = await setUp();
      const [lead] = await driver.next(1, START);
      assert.ok(lead);
      await driver.fail(lead, { outcome: 'congestion', now: START });
      assert.equal((await leadOf(leadIds[0])).attempts, 0);
      await inOrder();
    });

    test('one cancelled before dialing is in the queue again and in no count', async () => {
      const { driver, leadIds } = await setUp();
      const [lead] = await driver.next(1, START);
      assert.ok(lead);
      await driver.fail(lead, { outcome: 'cancelled', now: START, ms: 5 });
      assert.equal((await leadOf(leadIds[0])).state, 'ready');
      assert.equal((await totalsOf(driver.world.campaignId)).attempts, 0);
      const [again] = await driver.next(1, START + 10);
      assert.ok(again);
      await driver.fail(again, { outcome: 'noAnswer', now: START + 10 });
      assert.equal((await totalsOf(driver.world.campaignId)).first_attempts, 1);
      await inOrder();
    });

    test('a lead whose number does not exist goes on with the next, and ends with the last', async () => {
      const { driver, leadIds } = await setUp([{ numbers: 2 }]);
      const [lead] = await driver.next(1, START);
      assert.ok(lead);
      await driver.fail(lead, { outcome: 'invalid', now: START });
      const [second] = await driver.next(1, START + hour);
      assert.equal(second?.numberOrdinal, 1);
      assert.ok(second);
      await driver.fail(second, { outcome: 'invalid', now: START + hour });
      const { state, reason } = await leadOf(leadIds[0]);
      assert.deepEqual({ state, reason }, { state: 'done', reason: 'numbersInvalid' });
      await inOrder();
    });

    test('a talk waits for its result, and a sale closes the lead', async () => {
      const { driver, leadIds } = await setUp();
      const [lead] = await driver.next(1, START);
      assert.ok(lead);
      const call = await driver.talk(lead, { now: START, talkMs: 61_000 });
      assert.equal((await leadOf(leadIds[0])).reason, 'awaitingDisposition');
      await driver.dispose(call, { code: 'sale', now: START + 2 * minute });
      const { state, reason, attempts } = await leadOf(leadIds[0]);
      assert.deepEqual({ state, reason, attempts }, { state: 'done', reason: 'sold', attempts: 1 });
      const totals = await totalsOf(driver.world.campaignId);
      assert.equal(totals.sales, 1);
      assert.equal(totals.right_person, 1);
      assert.equal(totals.talk_ms, 61_000);
      await inOrder();
    });

    test('a call is disposed once, by its own agent, with a disposition of its campaign', async () => {
      const { driver } = await setUp();
      const other = await setUp();
      const [lead] = await driver.next(1, START);
      assert.ok(lead);
      const call = await driver.talk(lead, { now: START, talkMs: 10_000 });
      const now = START + minute;
      const refused = (code: string, kind: string) => (error: unknown) =>
        isDomainError(error, code) && error.kind === kind;
      const stranger = driver.world.agentIds[1];
      await assert.rejects(
        driver.dispose(call, { code: 'sale', now, ...(stranger ? { agentId: stranger } : {}) }),
        refused('call_not_found', 'notFound'),
      );
      const foreign = other.driver.dispositions.get('sale')?.id ?? '';
      await assert.rejects(
        driver.dispose(call, { code: foreign, now }),
        refused('disposition_not_allowed', 'invalid'),
      );
      await assert.rejects(
        driver.dispose(call, { code: 'refusal', now }),
        refused('disposition_not_allowed', 'invalid'),
        'a group of reasons cannot be chosen',
      );
      await assert.rejects(
        driver.dispose(call, { code: 'undecidedSendMaterial', now, note: '  ' }),
        refused('note_missing', 'invalid'),
      );
      await assert.rejects(
        driver.dispose(call, { code: 'callback', now }),
        refused('callback_time_missing', 'invalid'),
      );
      const yesterday = { localTime: '2026-11-21T20:30', timeZone: 'Asia/Shanghai', reservedForAgent: false };
      await assert.rejects(
        driver.dispose(call, { code: 'callback', now, callback: yesterday }),
        refused('callback_time_past', 'invalid'),
      );
      await driver.dispose(call, { code: 'refusalPrice', now });
      await assert.rejects(
        driver.dispose(call, { code: 'sale', now }),
        refused('call_already_disposed', 'conflict'),
      );
      assert.equal((await totalsOf(driver.world.campaignId)).refusals, 1);
      await inOrder();
    });

    test('a promised callback waits for its local time, comes first, and for its agent only', async () => {
      const { driver, leadIds } = await setUp([{ numbers: 1 }, { numbers: 1 }]);
      const [lead] = await driver.next(1, START);
      assert.ok(lead);
      const agentId = driver.world.agentIds[0];
      const call = await driver.talk(lead, { now: START, talkMs: 5_000 });
      const callback = { localTime: '2026-11-23T20:30', timeZone: 'Asia/Shanghai', reservedForAgent: true };
      await driver.dispose(call, { code: 'callback', now: START + minute, callback });
      const dueAt = Date.UTC(2026, 10, 23, 12, 30);
      const waiting = await leadOf(leadIds[0]);
      assert.equal(waiting.reason, 'callback');
      assert.equal(waiting.due_at, dueAt);
      const first = await driver.next(5, dueAt);
      assert.deepEqual(
        first.map(({ leadId, reservedFor }) => [leadId, reservedFor]),
        [
          [leadIds[0], agentId],
          [leadIds[1], null],
        ],
      );
      assert.ok(first[0]);
      // nobody there: the promise stays open; then it is kept
      await driver.fail(first[0], { outcome: 'busy', now: dueAt });
      const followUp = () =>
        one<{ state: string }>('select state from follow_ups where lead_id = ?', leadIds[0]);
      assert.equal((await followUp()).state, 'open');
      const [again] = await driver.next(1, dueAt + hour);
      assert.equal(again?.leadId, leadIds[0]);
      assert.ok(again);
      const kept = await driver.talk(again, { now: dueAt + hour, talkMs: 1_000 });
      await driver.dispose(kept, { code: 'sale', now: dueAt + hour + minute });
      assert.equal((await followUp()).state, 'done');
      await inOrder();
    });

    test('a promise that could not be kept is missed when the lead is given up', async () => {
      const { driver, leadIds } = await setUp();
      const [lead] = await driver.next(1, START);
      assert.ok(lead);
      const call = await driver.talk(lead, { now: START, talkMs: 5_000 });
      const callback = { localTime: '2026-11-23T20:30', timeZone: 'Asia/Shanghai', reservedForAgent: false };
      await driver.dispose(call, { code: 'callback', now: START + minute, callback });
      const dueAt = Date.UTC(2026, 10, 23, 12, 30);
      const [again] = await driver.next(1, dueAt);
      assert.ok(again);
      await driver.fail(again, { outcome: 'invalid', now: dueAt });
      assert.equal((await leadOf(leadIds[0])).state, 'done');
      const { state } = await one<{ state: string }>(
        'select state from follow_ups where lead_id = ?',
        leadIds[0],
      );
      assert.equal(state, 'missed');
      await inOrder();
    });

    test('do-not-call shuts every lead with the number, one that is on the line when it ends', async () => {
      const { driver, leadIds, numbers } = await setUp([{ numbers: 1 }, { numbers: 1 }]);
      const [lead, live] = await driver.next(2, START);
      assert.ok(lead && live);
      const secondList = await addList(db, driver.world);
      const shared = [numbers[0]?.[0] ?? '', numbers[1]?.[0] ?? ''];
      const [both] = await addLeads(db, driver.world, {
        listId: secondList,
        leads: [{ zoneId: driver.zoneId, numbers: shared }],
      });
      const onTheLine = await driver.claim(live, START);
      assert.ok(onTheLine);
      const call = await driver.talk(lead, { now: START, talkMs: 9_000 });
      await driver.dispose(call, { code: 'doNotCall', now: START + minute });
      const shut = { state: 'suppressed', reason: 'do_not_call' };
      const stateOf = async (id: Id | undefined) => {
        const { state, reason } = await leadOf(id);
        return { state, reason };
      };
      assert.deepEqual(await stateOf(leadIds[0]), shut);
      assert.deepEqual(await stateOf(both), shut);
      assert.equal((await leadOf(leadIds[1])).state, 'claimed');
      // the second number asks by the key of the message
      const ended = {
        ...onTheLine,
        answeredAt: START + 5_000,
        endedAt: START + 9_000,
        outcome: 'abandoned' as const,
      };
      await driver.record(
        { type: 'optedOut', attempt: ended, at: START + 8_000 },
        { type: 'attemptEnded', attempt: ended },
      );
      assert.deepEqual(await stateOf(leadIds[1]), shut);
      const { n } = await one<{ n: number }>(
        'select count(*) as n from do_not_call where scope = ?',
        driver.world.vendorId,
      );
      assert.equal(n, 2);
      await inOrder();
    });

    test('a wrong number is not dialed again, the lead’s next one is', async () => {
      const { driver } = await setUp([{ numbers: 2 }]);
      const [lead] = await driver.next(1, START);
      assert.ok(lead);
      const call = await driver.talk(lead, { now: START, talkMs: 9_000 });
      await driver.dispose(call, { code: 'wrongPerson', now: START + minute });
      const [next] = await driver.next(1, START + hour);
      assert.equal(next?.numberOrdinal, 1);
      assert.equal((await totalsOf(driver.world.campaignId)).right_person, 0);
      await inOrder();
    });

    test('a corrected result moves the report and the lead, and counts the talk once', async () => {
      const { driver, leadIds } = await setUp();
      const [lead] = await driver.next(1, START);
      assert.ok(lead);
      const call = await driver.talk(lead, { now: START, talkMs: 9_000 });
      await driver.dispose(call, { code: 'sale', now: START + minute });
      const request = {
        callId: call.callId ?? '',
        agentId: call.agentId ?? '',
        campaignId: driver.world.campaignId,
        dispositionId: driver.dispositions.get('undecidedThinking')?.id ?? '',
        note: '',
        now: START + hour,
      };
      const parts = { ids: driver.world.ids, rulesOf: async () => RULES };
      await db.transact((tx) => correctDisposition(tx, parts, request));
      await db.transact((tx) => correctDisposition(tx, parts, request));
      assert.equal((await totalsOf(driver.world.campaignId)).sales, 0);
      const { state, reason, attempts } = await leadOf(leadIds[0]);
      assert.deepEqual({ state, reason, attempts }, { state: 'waiting', reason: 'retry', attempts: 1 });
      await inOrder();
    });

    test('agent time is cut at the quarters of an hour and adds up, also after a crash', async () => {
      const { driver } = await setUp();
      const { campaignId, vendorId, teamId, agentIds, ids } = driver.world;
      const agentId = agentIds[0] ?? '';
      const sessionId = ids.next();
      const who = { sessionId, agentId, campaignId };
      const at = START + 10 * minute;
      const started = { type: 'sessionStarted' as const, ...who, vendorId, teamId, at: at - 7 };
      const paused = {
        type: 'agentStateChanged' as const,
        ...who,
        ordinal: 0,
        at,
        previous: null,
        state: 'paused' as const,
        reason: 'signed_in',
        attemptId: null,
      };
      const available = {
        ...paused,
        ordinal: 1,
        at: at + 10 * minute,
        previous: { state: 'paused' as const, startedAt: at },
        state: 'available' as const,
        reason: '',
      };
      await driver.record(started);
      await driver.record(paused, available);
      await driver.record(paused, available); // said twice
      await db.transact((tx) => driver.log.closeStaleSessions(tx, { campaignId, at: at + 35 * minute }));
      const again = ids.next();
      const signedOut = {
        type: 'sessionEnded' as const,
        ...who,
        sessionId: again,
        ordinal: 1,
        at: at + 2 * hour,
        reason: 'signed_out',
        previous: { state: 'paused' as const, startedAt: at + hour },
      };
      const third = ids.next();
      await driver.record(
        { ...started, sessionId: again, at: at + hour },
        { ...paused, sessionId: again, at: at + hour },
        signedOut,
        { ...started, sessionId: third, at: at + 2 * hour },
      );
      const rows = await db.reader.raw<{ state: string; bucket_at: number; ms: number }>(
        'select state, bucket_at, ms from agent_time_buckets where agent_id = ? and bucket_at < ? order by 2, 1',
        [agentId, START + hour],
      );
      assert.deepEqual(
        rows.map((row) => ({ ...row, bucket_at: (row.bucket_at - START) / minute })),
        [
          { state: 'paused', bucket_at: 0, ms: 5 * minute },
          { state: 'available', bucket_at: 15, ms: 10 * minute },
          { state: 'paused', bucket_at: 15, ms: 5 * minute },
          { state: 'available', bucket_at: 30, ms: 15 * minute },
        ],
      );
      await inOrder();
    });

    test('what an earlier life left open can be read and ended', async () => {
      const { driver, leadIds } = await setUp();
      const [lead] = await driver.next(1, START);
      assert.ok(lead);
      const facts = await driver.claim(lead, START);
      assert.ok(facts);
      const ringing = { ...facts, ringingAt: START + 100, answeredAt: START + 9_000, answeredBy: 'person' };
      await driver.record({ type: 'attemptAnswered', attempt: ringing });
      const [open] = await driver.log.openAttempts(driver.world.campaignId);
      assert.deepEqual(open, { ...ringing, messagePlayed: false, optedOut: false });
      await driver.record({
        type: 'attemptEnded',
        attempt: { ...ringing, endedAt: START + 60_000, outcome: 'unknown' },
      });
      assert.deepEqual(await driver.log.openAttempts(driver.world.campaignId), []);
      assert.equal((await leadOf(leadIds[0])).state, 'waiting');
      await inOrder();
    });

    test('a result said during the talk stands, whenever the end is heard of', async () => {
      const { driver, leadIds } = await setUp();
      const [lead] = await driver.next(1, START);
      assert.ok(lead);
      const facts = await driver.claim(lead, START);
      assert.ok(facts);
      const joined = {
        ...facts,
        answeredAt: START + 1_000,
        connectedAt: START + 1_100,
        agentId: driver.world.agentIds[0] ?? '',
        callId: driver.world.ids.next(),
        sessionId: '',
      };
      await driver.record({ type: 'attemptConnected', attempt: joined });
      assert.equal((await leadOf(leadIds[0])).reason, 'talking');
      await driver.dispose(joined, { code: 'sale', now: START + 5_000 });
      await driver.record({
        type: 'attemptEnded',
        attempt: { ...joined, talkEndedAt: START + 9_000, endedAt: START + 9_500, outcome: 'answered' },
      });
      const { state, reason } = await leadOf(leadIds[0]);
      assert.deepEqual({ state, reason }, { state: 'done', reason: 'sold' });
      assert.equal((await totalsOf(driver.world.campaignId)).talk_ms, 7_900);
      await inOrder();
    });
  });
}
