import assert from 'node:assert/strict';
import { after, before, describe, test } from 'node:test';
import type { Database, Tx } from '../../platform/db/index.ts';
import { checkBooks } from '../support/book-keeper.ts';
import { type CallDriver, createDriver } from '../support/call-driver.ts';
import { addLeads, addList, fictionalNumber } from '../support/campaign-world.ts';
import { type TestDatabase, testDatabases } from '../support/databases.ts';
import { playDay } from '../support/random-day.ts';

/** What somebody could have written wrong, and what the book-keeper is to say of it. */
const FORGERIES: { what: string; sql: string; says: RegExp }[] = [
  {
    what: 'a lead moved without its tally',
    sql: "update leads set state = 'held', due_at = 5 where id = (select min(id) from leads where state = 'ready')",
    says: /^tallies differ/,
  },
  {
    what: 'a talk stretched over the next one of the same agent',
    sql: `update segments set ended_at = ended_at + 86400000 where call_id =
      (select s.call_id from segments s join segments t on t.agent_id = s.agent_id
         and t.started_at > s.started_at order by s.started_at limit 1)`,
    says: /^an agent in two talks/,
  },
  {
    what: 'a minute taken out of an agent’s day',
    sql: `update agent_intervals set ended_at = ended_at - 1 where ordinal = 1`,
    says: /^agent states with a gap/,
  },
  {
    what: 'a session longer than its states',
    sql: 'update agent_sessions set ended_at = ended_at + 1000',
    says: /^agent states that do not add up/,
  },
  {
    what: 'a sale that nobody made',
    sql: `update report_buckets set sales = sales + 1 where bucket_at = (select min(bucket_at) from report_buckets)`,
    says: /^report .*sales is/,
  },
  {
    what: 'talk time lost from the report',
    sql: `update report_buckets set talk_ms = talk_ms - 1 where talk_ms > 0`,
    says: /^report .*talk_ms is/,
  },
  {
    what: 'an attempt that ended without an outcome',
    sql: `update attempts set outcome = null where id = (select min(id) from attempts)`,
    says: /^an attempt whose end and outcome/,
  },
  {
    what: 'a contact without its call',
    sql: `update calls set attempt_id = null where id = (select min(id) from calls)`,
    says: /^a contact without a call/,
  },
  {
    what: 'an abandoned call wiped off the ledger',
    sql: 'update abandon_ledger set abandoned = 0',
    says: /^abandon ledger differs/,
  },
  {
    what: 'an abandoned call in no legal window',
    sql: 'delete from abandon_ledger',
    says: /^abandon ledger differs/,
  },
  {
    what: 'a minute too many in a state',
    sql: 'update agent_time_buckets set ms = ms + 60000',
    says: /^agent time/,
  },
  {
    what: 'a claimed lead that nobody dials',
    sql: "update leads set state = 'claimed', due_at = 5 where id = (select min(id) from leads where state = 'ready')",
    says: /^a claimed lead without a live attempt/,
  },
  {
    what: 'an attempt too many on a lead',
    sql: "update leads set attempts = attempts + 1 where state = 'waiting'",
    says: /^a lead whose counted attempts/,
  },
  {
    what: 'a dial too few on a lead',
    sql: "update leads set dials = dials - 1 where state = 'waiting'",
    says: /^a lead whose dials/,
  },
  {
    what: 'a disposition that is not the campaign’s',
    sql: "update calls set disposition_id = 'somewhere-else' where disposition_id is not null",
    says: /^a disposition of another campaign/,
  },
];

class Undone extends Error {}

for (const engine of testDatabases()) {
  describe(`book-keeper on ${engine.name}`, () => {
    let database: TestDatabase;
    let db: Database;
    let driver: CallDriver;

    before(async () => {
      database = await engine.open();
      db = database.db;
      driver = await createDriver(db, 'book-keeper');
      const listId = await addList(db, driver.world);
      const leads = Array.from({ length: 60 }, (_, n) => ({
        zoneId: driver.zoneId,
        numbers: [fictionalNumber(n)],
      }));
      await addLeads(db, driver.world, { listId, leads });
      await playDay(driver, { seed: 'book-keeper', rounds: 6 });
      const late = Array.from({ length: 3 }, (_, n) => ({
        zoneId: driver.zoneId,
        numbers: [fictionalNumber(100 + n)],
      }));
      await addLeads(db, driver.world, { listId, leads: late });
    });
    after(() => database.close());

    test('honest books have no problem', async () => {
      assert.deepEqual(await checkBooks(db), []);
    });

    test('more talks at once than there are agents are seen', async () => {
      const problems = await checkBooks(db, { maxAgents: 0 });
      assert.match(problems.join('\n'), /talks at once, with 0 agents/);
    });

    for (const { what, sql, says } of FORGERIES) {
      test(`${what} is found`, async () => {
        const problems = await inForged(db, sql);
        assert.ok(
          problems.some((problem) => says.test(problem)),
          `said only: ${problems.join('; ')}`,
        );
      });
    }
  });
}

/** What the book-keeper says of the forged books; they are honest again afterwards. */
async function inForged(db: Database, sql: string): Promise<string[]> {
  let problems: string[] = [];
  const forge = async (tx: Tx) => {
    await tx.raw(sql);
    problems = await checkBooks({ ...db, reader: tx } as Database);
    throw new Undone();
  };
  await assert.rejects(db.transact(forge), Undone);
  return problems;
}
