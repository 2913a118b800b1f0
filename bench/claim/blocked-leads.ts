import type { Database } from '../../platform/db/index.ts';
import type { Id } from '../../platform/ids/index.ts';
import { addList, addZone, type CampaignWorld } from '../../test/support/campaign-world.ts';

/** One lead in so many may be dialed now; they stand evenly among the others. */
const ONE_IN = 100;
const CLOSED_ZONES = 20;
const CHUNK = 250_000;
/** When waiting and capped leads fall due: after the bench. */
const LATER = Date.UTC(2100, 0, 1);

export interface BlockedQueue {
  /** The only place that is open. */
  openZone: string;
}

/**
 * Fills a campaign's list with leads in dialing order of which 99 in 100 cannot be dialed: in a zone that is
 * closed, held by a cap, suppressed, or waiting for their next try, a quarter each. Made in SQL: five million
 * leads are not what is measured.
 */
export async function fillBlockedQueue(
  db: Database,
  world: CampaignWorld,
  leads: number,
): Promise<BlockedQueue> {
  const openZone = 'Europe/London;gb';
  const open = await addZone(db, openZone);
  const closed: number[] = [];
  for (let n = 0; n < CLOSED_ZONES; n++) closed.push(await addZone(db, `Etc/GMT+${n};us-${n}`));
  const listId = await addList(db, world);
  const first = closed[0] ?? 0;
  for (let start = 0; start < leads; start += CHUNK) {
    const end = Math.min(leads, start + CHUNK);
    await fill(db, { start, end, listId, open, first });
  }
  await db.transact(async (tx) => {
    await tx.raw(
      `insert into lead_tallies (list_id, state, reason, zone_id, n)
       select list_id, state, reason, zone_id, count(*) from leads group by 1, 2, 3, 4`,
    );
    await tx.raw('analyze');
  });
  return { openZone };
}

interface Part {
  start: number;
  end: number;
  listId: Id;
  open: number;
  /** The first of the closed zones; the others follow. */
  first: number;
}

async function fill(db: Database, { start, end, listId, open, first }: Part): Promise<void> {
  const rows = `with recursive i(n) as (select ${start} union all select n + 1 from i where n + 1 < ${end})`;
  const kind = `case when n % ${ONE_IN} = 0 then 'ready' when n % 4 = 1 then 'suppressed'
    when n % 4 = 2 then 'held' when n % 4 = 3 then 'waiting' else 'ready' end`;
  const zone = `case when n % ${ONE_IN} = 0 then ${open} else ${first} + (n / 4) % ${CLOSED_ZONES} end`;
  const id = (letter: string) => `printf('${letter}%019d', n)`;
  await db.transact(async (tx) => {
    await tx.raw(`${rows} insert into customers (id, created_at) select ${id('c')}, 0 from i`);
    await tx.raw(
      `${rows} insert into leads (id, list_id, customer_id, state, reason, due_at, zone_id, profile, vars,
         created_at, updated_at)
       select ${id('a')}, ?, ${id('c')}, ${kind},
         case ${kind} when 'suppressed' then 'do_not_call' when 'held' then 'frequency_cap'
           when 'waiting' then 'noAnswer' else '' end,
         case when ${kind} in ('held', 'waiting') then ${LATER} end, ${zone}, '{}', '{}', 0, 0 from i`,
      [listId],
    );
    await tx.raw(
      `${rows} insert into lead_numbers (lead_id, ordinal, list_id, e164, zone_id, state)
       select ${id('a')}, 0, ?, printf('+4477%09d', n), ${zone}, 'active' from i`,
      [listId],
    );
  });
}
