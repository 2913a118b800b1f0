import { createLeadSource } from './campaigns/leads/index.ts';
import { addLeads, addList, addZone, createWorld, START } from './test/support/campaign-world.ts';
import { migrations } from './migrations/index.ts';
import { migrate, openDatabase } from './platform/db/index.ts';
import { mkdtempSync, rmSync } from 'node:fs';
const N = Number(process.argv[2]);
const pg = process.argv[3] === 'pg';
const dir = mkdtempSync('/tmp/st/b-');
const db = openDatabase(pg ? { databaseUrl: 'postgres://postgres@127.0.0.1:5432/test', schema: 'bench_stores' } : { sqliteFile: `${dir}/x.sqlite`, synchronous: 'off' });
if (pg) { await db.migrator.raw('drop schema if exists bench_stores cascade'); await db.migrator.raw('create schema bench_stores'); }
await migrate(db.migrator, migrations);
const world = await createWorld(db);
const open = await addZone(db, 'O'); const closed = await addZone(db, 'C');
const listId = await addList(db, world);
let k = 0;
for (let s = 0; s < N; s += 20000) {
  const leads = Array.from({ length: Math.min(20000, N - s) }, (_, i) => {
    const n = s + i; const base = { numbers: [`+9${String(1e9 + k++)}`], rank: 100 };
    if (n >= N - Math.max(500, N / 100)) return { ...base, zoneId: open };
    const m = n % 4;
    if (m === 0) return { ...base, zoneId: closed };
    if (m === 1) return { ...base, zoneId: open, state: 'waiting', reason: 'busy', dueAt: START + 1e7 + n };
    if (m === 2) return { ...base, zoneId: open, state: 'suppressed', reason: 'doNotCall' };
    return { ...base, zoneId: open, state: 'held', reason: 'cap', dueAt: START + 1e7 + n };
  });
  await addLeads(db, world, { listId, leads });
}
if (pg) await db.migrator.raw('analyze');
const source = createLeadSource({ db, openZones: async ({ zoneKeys }) => new Set(zoneKeys.filter((z) => z === 'O')) });
const times = { next: [] as number[], claim: [] as number[], due: [] as number[] };
for (let r = 0; r < 4; r++) {
  let t = performance.now();
  const c = await source.next({ campaignId: world.campaignId, limit: 100, now: START, exclude: new Set() });
  times.next.push(performance.now() - t);
  t = performance.now(); await source.nextDueAt(world.campaignId); times.due.push(performance.now() - t);
  for (const lead of c) {
    const order = { lead, attemptId: world.ids.next(), ticket: world.ids.next(), ticketExpiresAt: START + 9e9, mode: 'progressive' as const, callerId: null, trunkId: null, scriptVersionId: null, agentId: null, basis: '{}' };
    t = performance.now();
    await db.grouped((tx) => source.claim(tx, { campaignId: world.campaignId, orders: [order], now: START }));
    times.claim.push(performance.now() - t);
  }
}
const q = (a: number[], p: number) => a.slice().sort((x, y) => x - y)[Math.floor((a.length - 1) * p)]?.toFixed(2);
for (const [name, a] of Object.entries(times)) console.log(N, name, 'p50', q(a, 0.5), 'p99', q(a, 0.99), 'n', a.length);
if (!pg) for (const sql of [
  "select l.id from leads l where l.list_id = 'x' and l.due_at <= 5 and (l.state <> 'claimed' or not exists (select 1 from attempts a where a.lead_id = l.id and a.ended_at is null)) order by l.due_at limit 500",
  "select l.due_at from leads l where l.list_id = 'x' and l.due_at is not null and l.state <> 'claimed' order by l.due_at limit 1",
  "select 0 as run, id, rank from leads where list_id = 'x' and state = 'ready' and zone_id = 1 and (rank, id) > (1, 'b') order by rank, id limit 4",
]) console.log((await db.reader.raw<{ detail: string }>(`explain query plan ${sql}`)).map((r) => r.detail).join(' | '));
if (pg) await db.migrator.raw('drop schema bench_stores cascade');
await db.close(); rmSync(dir, { recursive: true });
