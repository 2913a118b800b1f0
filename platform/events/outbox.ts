import type { Clock, Instant } from '../clock/index.ts';
import type { Queries, Tx } from '../db/index.ts';
import type { Ids } from '../ids/index.ts';
import { checkPayload, type DurableEvent, type EventScope, type EventType } from './events.ts';

interface OutboxRow {
  sequence: number;
  name: string;
  payload: string;
  vendor_id: string | null;
  team_id: string | null;
  campaign_id: string | null;
  user_id: string | null;
  occurred_at: number;
}

const MAX_PAYLOAD_CHARACTERS = 16_000;

/** Where a change writes down what is to be told of it. */
export class Outbox {
  readonly #ids: Ids;
  readonly #clock: Clock;
  readonly #committed: () => void;

  /** @param committed called after a commit that appended something: the publisher's wake-up */
  constructor({ ids, clock, committed }: { ids: Ids; clock: Clock; committed: () => void }) {
    this.#ids = ids;
    this.#clock = clock;
    this.#committed = committed;
  }

  /** Writes an event with the caller's unit of work: it is published if and only if that commits. */
  async append<Payload>(
    tx: Tx,
    type: EventType<Payload>,
    event: { payload: Payload; scope: EventScope },
  ): Promise<void> {
    const payload = JSON.stringify(checkPayload(type, event.payload));
    if (payload.length > MAX_PAYLOAD_CHARACTERS)
      throw new RangeError(`The payload of ${type.name} is too long`);
    const { vendorId = null, teamId = null, campaignId = null, userId = null } = event.scope;
    await tx.raw(
      `insert into outbox (id, name, payload, vendor_id, team_id, campaign_id, user_id, occurred_at)
        values (?, ?, ?, ?, ?, ?, ?, ?)`,
      [this.#ids.next(), type.name, payload, vendorId, teamId, campaignId, userId, this.#clock.now()],
    );
    tx.onCommit(this.#committed);
  }
}

/**
 * Gives up to `limit` committed events their place in the stream. Publishers take the same row lock first, so a
 * place is visible only when all places before it are.
 * @returns how many were published
 */
export async function publishBatch(tx: Tx, limit: number, now: Instant): Promise<number> {
  const [state] = await tx.raw<{ last_sequence: number }>(
    'update outbox_state set last_sequence = last_sequence where id = 1 returning last_sequence',
  );
  if (!state) throw new Error('outbox_state has lost its row');
  const published = await tx.raw(
    `with ready as materialized (
        select id, row_number() over (order by id) as place from (
          select id from outbox where sequence is null order by id limit ?) oldest)
      update outbox set published_at = ?, sequence = ? + (select place from ready where ready.id = outbox.id)
      where id in (select id from ready) returning id`,
    [limit, now, state.last_sequence],
  );
  if (published.length > 0) {
    await tx.raw('update outbox_state set last_sequence = last_sequence + ? where id = 1', [
      published.length,
    ]);
  }
  return published.length;
}

/** True when committed events wait for their place. */
export async function hasUnpublished(queries: Queries): Promise<boolean> {
  return (await queries.raw('select 1 as waiting from outbox where sequence is null limit 1')).length > 0;
}

/** The stream after `sequence`. `gap`: what came right after it has been pruned, so the reader must start anew. */
export async function readAfter(
  queries: Queries,
  sequence: number,
  limit: number,
): Promise<{ events: DurableEvent[]; gap: boolean }> {
  const rows = await queries.raw<OutboxRow>(
    `select sequence, name, payload, vendor_id, team_id, campaign_id, user_id, occurred_at
      from outbox where sequence > ? order by sequence limit ?`,
    [sequence, limit],
  );
  // asked after the rows: a prune in between can only add to the gap
  const { prunedThrough, lastSequence } = await readState(queries);
  return { events: rows.map(toEvent), gap: sequence < prunedThrough || sequence > lastSequence };
}

export async function readState(queries: Queries): Promise<{ lastSequence: number; prunedThrough: number }> {
  const [row] = await queries.raw<{ last_sequence: number; pruned_through: number }>(
    'select last_sequence, pruned_through from outbox_state where id = 1',
  );
  return { lastSequence: row?.last_sequence ?? 0, prunedThrough: row?.pruned_through ?? 0 };
}

/** Forgets the oldest published events: those published before `before`, and all but the last `keep`. */
export async function pruneOutbox(
  tx: Tx,
  { before, keep }: { before: Instant; keep: number },
): Promise<number> {
  const [row] = await tx.raw<{ through: number | null }>(
    `select max(sequence) as through from outbox where sequence is not null and (published_at < ?
      or sequence <= (select last_sequence from outbox_state where id = 1) - ?)`,
    [before, keep],
  );
  if (row?.through == null) return 0;
  const gone = await tx.raw('delete from outbox where sequence <= ? returning id', [row.through]);
  await tx.raw('update outbox_state set pruned_through = ? where id = 1 and pruned_through < ?', [
    row.through,
    row.through,
  ]);
  return gone.length;
}

function toEvent(row: OutboxRow): DurableEvent {
  const scope: EventScope = {
    ...(row.vendor_id === null ? {} : { vendorId: row.vendor_id }),
    ...(row.team_id === null ? {} : { teamId: row.team_id }),
    ...(row.campaign_id === null ? {} : { campaignId: row.campaign_id }),
    ...(row.user_id === null ? {} : { userId: row.user_id }),
  };
  const { sequence, name } = row;
  return { sequence, name, payload: JSON.parse(row.payload) as unknown, scope, occurredAt: row.occurred_at };
}
