import assert from 'node:assert/strict';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Readable } from 'node:stream';
import { after, describe, test } from 'node:test';
import { builtInPresets, createPresetCatalogue } from '../../campaigns/compliance/index.ts';
import { replayNumber } from '../../dialer/core/replay-numbers.ts';
import {
  DEFAULT_FAR_END,
  type EventFaults,
  farEndScenarios,
  randomFaults,
} from '../../dialer/simulation/index.ts';
import type { PlaceOrder } from '../../dialer/telephony/index.ts';
import { VirtualTimers } from '../../platform/clock/index.ts';
import type { Database } from '../../platform/db/index.ts';
import { EventStream } from '../../platform/events/index.ts';
import { FolderFileStore } from '../../platform/files/index.ts';
import { createIds, type Id } from '../../platform/ids/index.ts';
import { silentLogger } from '../../platform/log/index.ts';
import { DatabaseQueue } from '../../platform/queue/index.ts';
import { forkRandom, seededRandom } from '../../platform/random/index.ts';
import { importStream } from '../../server/compose/import-stream.ts';
import { composeServices, type Services } from '../../server/compose/services.ts';
import { composeVirtualFloor, type VirtualFloor } from '../../server/compose/virtual-floor.ts';
import { createReplayCampaign, type ReplayCampaign } from '../../server/replay/replay-campaign.ts';
import { checkBooks } from '../support/book-keeper.ts';
import { type TestEngine, testDatabases } from '../support/databases.ts';
import { illegalChanges, overlappingTalks, rawFigures, reportedFigures } from './audit.ts';

const START = Date.UTC(2026, 0, 5, 8);
const MINUTE_MS = 60_000;
const AGENTS = 6;
const LEADS = 200;
const FAULTY = { lost: 0.03, duplicated: 0.05, late: 0.03, reordered: 0.05 };

interface Shift {
  db: Database;
  services: Services;
  campaign: ReplayCampaign;
  floor: VirtualFloor;
  /** What the network was given, in order. */
  placed: PlaceOrder[];
  run(minutes: number): Promise<void>;
  close(): Promise<void>;
}

interface ShiftOptions {
  seed?: string;
  faults?: EventFaults;
  /** Between the engine and the database: what happens there at a moment of interest. */
  wires?: (db: Database) => Database;
}

/** The real stores, services and engine of the house, with a campaign of 200 leads, in virtual time. */
async function openShift(
  engine: TestEngine,
  { seed = '1', faults, wires }: ShiftOptions = {},
): Promise<Shift> {
  const opened = await engine.open();
  const folder = await mkdtemp(join(tmpdir(), 'dialwright-floor-'));
  const { db } = opened;
  const timers = new VirtualTimers(START);
  const ids = createIds(timers, seededRandom(`${seed}/services`));
  const common = { db, timers, ids, log: silentLogger };
  const parts = { ...common, events: new EventStream(common), queue: new DatabaseQueue(common) };
  const services = composeServices(
    {
      ...parts,
      files: new FolderFileStore(folder),
      presets: createPresetCatalogue(builtInPresets()),
      onDoNotCall: (e164) => floor.engine.forgetNumber(e164),
    },
    { production: false, session: { idleMs: 1, maxMs: 1 }, maxUploadBytes: 1_000_000 },
  );
  const settings = { compliance: { presets: ['replay-open'] }, dialing: { ratio: 2 } };
  const request = { agents: AGENTS, seed, dialMode: 'ratio' as const, settings };
  const campaign = await createReplayCampaign({ db, services }, request, async (viewer, listId) => {
    const rows = Array.from({ length: LEADS }, (_, n) => `${replayNumber(n)}\n`);
    const content = Readable.from(['phone\n', ...rows]);
    await importStream({ db, imports: services.imports }, viewer, { listId, fileName: 'l.csv', content });
  });
  const placed: PlaceOrder[] = [];
  const farEnds = farEndScenarios({
    model: DEFAULT_FAR_END,
    random: ({ e164 }) => forkRandom(seed, `${e164} ${placed.length}`),
    now: () => floor.timers.now(),
  });
  const verdicts = [campaign.saleId, campaign.refusalId, campaign.refusalId];
  const floor: VirtualFloor = composeVirtualFloor({
    db: wires?.(db) ?? db,
    services,
    name: 'shift',
    seed,
    startAt: START,
    ...(faults && { faults }),
    scenarios: (order) => {
      placed.push(order);
      return farEnds(order);
    },
    behaviour: {
      wrapUpMs: (random) => 5_000 + random.next() * 20_000,
      previewMs: () => 5_000,
      verdict: (_view, random) => ({ dispositionId: verdicts[Math.floor(random.next() * 3)] ?? '' }),
    },
  });
  await floor.open(campaign.seats);
  return {
    db,
    services,
    campaign,
    floor,
    placed,
    run: (minutes) => floor.run(async () => false, floor.timers.now() + minutes * MINUTE_MS),
    async close() {
      await opened.close();
      await rm(folder, { recursive: true, force: true });
    },
  };
}

async function forbid({ db, services, campaign }: Shift, e164: string): Promise<void> {
  const [agent] = campaign.seats;
  assert.ok(agent);
  const viewer = { ...agent, userId: agent.agentId, role: 'manager', scope: 'team' } as const;
  const entry = { e164, reason: 'asked', range: 'vendor' } as const;
  await db.transact((tx) => services.doNotCall.add(tx, viewer, entry));
}

async function assertInOrder({ db, campaign }: Shift): Promise<void> {
  assert.deepEqual(await checkBooks(db, { maxAgents: AGENTS }), []);
  assert.deepEqual(await illegalChanges(db), []);
  assert.deepEqual(await overlappingTalks(db), []);
  const { leads, ...raw } = await rawFigures(db, campaign.campaignId);
  assert.equal(leads, LEADS);
  assert.deepEqual(await reportedFigures(db, campaign.campaignId), raw);
}

for (const engine of testDatabases()) {
  describe(`a shift over the real stores: ${engine.name}`, { timeout: 120_000 }, () => {
    const open: Shift[] = [];
    const openOne = async (options?: ShiftOptions) => {
      const shift = await openShift(engine, options);
      open.push(shift);
      return shift;
    };
    after(() => Promise.all(open.map((shift) => shift.close())));

    test('events lost, late, twice and out of order leave the books in order', async () => {
      const shift = await openOne({ faults: randomFaults(FAULTY, seededRandom('faults')) });
      await shift.run(45);
      await shift.floor.close();
      await assertInOrder(shift);
      const { contacts, attempts } = await rawFigures(shift.db, shift.campaign.campaignId);
      assert.ok(contacts > 20 && attempts > 60, `only ${contacts} contacts of ${attempts} attempts`);
    });

    test('numbers put on do-not-call while dialing goes on are never dialed after', async () => {
      const shift = await openOne();
      const forbidden = new Set<string>();
      await shift.run(2);
      // the next of the list are in the hopper, read ahead; every third of them asks
      const dialed = new Set(shift.placed.map(({ e164 }) => e164));
      const next = Array.from({ length: LEADS }, (_, n) => replayNumber(n)).filter(
        (e164) => !dialed.has(e164),
      );
      for (const e164 of next.filter((_, n) => n % 3 === 0)) {
        await forbid(shift, e164);
        forbidden.add(e164);
      }
      const before = shift.placed.length;
      await shift.run(60);
      await shift.floor.close();
      const after = shift.placed.slice(before).map(({ e164 }) => e164);
      assert.ok(after.length > 30, 'the others go on being dialed');
      assert.deepEqual(
        after.filter((e164) => forbidden.has(e164)),
        [],
      );
      await assertInOrder(shift);
    });

    test('a number put on do-not-call between its claim and its call is not dialed', async () => {
      const claimed: string[] = [];
      let shift: Shift | undefined;
      let armed = 0;
      const wires = (db: Database): Database => ({
        ...proxied(db),
        async grouped(work) {
          const answer = await db.grouped(work);
          const e164 = armed > 0 && shift ? await liveNumber(db, answer) : undefined;
          if (e164 === undefined || !shift) return answer;
          armed -= 1;
          claimed.push(e164);
          await forbid(shift, e164); // committed and answered, before the claim's own answer is here
          return answer;
        },
      });
      shift = await openOne({ wires });
      armed = 5;
      await shift.run(20);
      await shift.floor.close();
      assert.equal(claimed.length, 5);
      const dialed = shift.placed.filter(({ e164 }) => claimed.includes(e164));
      assert.deepEqual(dialed, []);
      const ended = await shift.db.reader.raw<{ outcome: string; n: number }>(
        `select outcome, count(*) as n from attempts where e164 in (${claimed.map(() => '?').join(', ')})
         group by outcome`,
        claimed,
      );
      assert.deepEqual(
        ended.map(({ outcome, n }) => [outcome, Number(n)]),
        [['cancelled', 5]],
      );
      await assertInOrder(shift);
    });

    test('the same seed gives the same shift twice, event for event and in the report', async () => {
      const runs = [];
      for (let run = 0; run < 2; run++) {
        const faults = randomFaults(FAULTY, seededRandom('again'));
        const shift = await openOne({ seed: 'again', faults });
        await shift.run(20);
        await shift.floor.close();
        runs.push({
          placed: shift.placed.map(({ e164, attemptId }) => `${attemptId} ${e164}`),
          report: await shift.db.reader.raw('select * from report_buckets order by 1, 2, 3, 4, 5'),
          attempts: await shift.db.reader.raw('select id, outcome, ended_at from attempts order by id'),
        });
      }
      assert.ok((runs[0]?.placed.length ?? 0) > 30);
      assert.deepEqual(runs[1], runs[0]);
    });
  });
}

/** A database's methods, bound, to be overlaid. */
function proxied(db: Database): Database {
  return {
    dialect: db.dialect,
    reader: db.reader,
    migrator: db.migrator,
    transact: (work) => db.transact(work),
    grouped: (work) => db.grouped(work),
    idle: () => db.idle(),
    waiting: () => db.waiting(),
    close: () => db.close(),
  };
}

/** The number of the first attempt that a claim has just won; undefined for other work. */
async function liveNumber({ reader }: Database, answer: unknown): Promise<string | undefined> {
  const [attemptId] = answer instanceof Set ? (answer as Set<Id>) : [];
  if (attemptId === undefined) return undefined;
  const [row] = await reader.raw<{ e164: string }>('select e164 from attempts where id = ?', [attemptId]);
  return row?.e164;
}
