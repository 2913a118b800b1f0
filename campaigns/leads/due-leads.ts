import type { Instant } from '../../platform/clock/index.ts';
import type { Queries, Tx } from '../../platform/db/index.ts';
import type { Id } from '../../platform/ids/index.ts';
import { isLive, madeReady } from './lead-states.ts';
import { changeLeads, leadsWithLiveAttempt, readLeads } from './leads-store.ts';

/** Leads that fall due are put back in chunks, so that a million at one minute hold up no call. */
const CHUNK = 500;
const LISTS_PER_STATEMENT = 100;

/** A claim whose ticket has run out is due only when no attempt of it is alive. */
const NOT_ON_THE_LINE =
  "(l.state <> 'claimed' or not exists (select 1 from attempts a where a.lead_id = l.id and a.ended_at is null))";

/** The first leads of these lists whose wait is over at `now`; at most 500. */
export async function findDue(queries: Queries, listIds: readonly Id[], now: Instant): Promise<Id[]> {
  const found: Id[] = [];
  for (let start = 0; start < listIds.length && found.length < CHUNK; start += LISTS_PER_STATEMENT) {
    const lists = listIds.slice(start, start + LISTS_PER_STATEMENT);
    const branches = lists.map(
      (_, index) =>
        `select * from (select l.id from leads l where l.list_id = ? and l.due_at <= ? and ${NOT_ON_THE_LINE} ` +
        `order by l.due_at limit ${CHUNK}) q${index}`,
    );
    const rows = await queries.raw<{ id: string }>(
      branches.join(' union all '),
      lists.flatMap((list) => [list, now]),
    );
    found.push(...rows.map(({ id }) => id));
  }
  return found.slice(0, CHUNK);
}

/** Puts those of the leads that are still due back into the queue. */
export async function makeDueReady(tx: Tx, ids: readonly Id[], now: Instant): Promise<void> {
  const leads = [...(await readLeads(tx, ids)).values()].filter(
    ({ dueAt }) => dueAt !== null && dueAt <= now,
  );
  const claimed = leads.filter(isLive).map(({ id }) => id);
  const onTheLine = await leadsWithLiveAttempt(tx, claimed);
  const changes = leads
    .filter(({ id }) => !onTheLine.has(id))
    .map((before) => ({ before, after: madeReady(before) }));
  await changeLeads(tx, changes, now);
}

/** When the next waiting or held lead of these lists falls due; undefined when none ever does. */
export async function findNextDue(queries: Queries, listIds: readonly Id[]): Promise<Instant | undefined> {
  let next: Instant | undefined;
  for (let start = 0; start < listIds.length; start += LISTS_PER_STATEMENT) {
    const lists = listIds.slice(start, start + LISTS_PER_STATEMENT);
    const branches = lists.map(
      (_, index) =>
        `select * from (select l.due_at from leads l where l.list_id = ? and l.due_at is not null ` +
        `and l.state <> 'claimed' order by l.due_at limit 1) q${index}`,
    );
    const rows = await queries.raw<{ due_at: number }>(branches.join(' union all '), lists);
    for (const { due_at } of rows) if (next === undefined || due_at < next) next = due_at;
  }
  return next;
}
