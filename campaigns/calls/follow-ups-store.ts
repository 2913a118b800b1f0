import type { Instant } from '../../platform/clock/index.ts';
import { packRows, type Tx } from '../../platform/db/index.ts';
import type { Id } from '../../platform/ids/index.ts';

/** A promise to call back: what was said, in the customer's time, and the instant that follows from it. */
export interface CallbackPromise {
  localTime: string;
  timeZone: string;
  dueAt: Instant;
  /** Reserved for this agent; null: anyone. */
  agentId: Id | null;
}

export interface NewFollowUp extends CallbackPromise {
  id: Id;
  vendorId: Id;
  teamId: Id;
  campaignId: Id;
  leadId: Id;
  customerId: Id;
  note: string;
  callId: Id;
  createdAt: Instant;
}

export async function insertFollowUp(tx: Tx, followUp: NewFollowUp): Promise<void> {
  await tx.knex('follow_ups').insert({
    id: followUp.id,
    vendor_id: followUp.vendorId,
    team_id: followUp.teamId,
    kind: 'callback',
    campaign_id: followUp.campaignId,
    lead_id: followUp.leadId,
    customer_id: followUp.customerId,
    agent_id: followUp.agentId,
    local_time: followUp.localTime,
    time_zone: followUp.timeZone,
    due_at: followUp.dueAt,
    state: 'open',
    note: followUp.note,
    made_in_call: followUp.callId,
    created_at: followUp.createdAt,
  });
}

/** Closes the open promises to these leads: kept (`done`), `missed`, or `cancelled`. */
export async function closeFollowUps(
  tx: Tx,
  { leadIds, state, now }: { leadIds: readonly Id[]; state: 'done' | 'missed' | 'cancelled'; now: Instant },
): Promise<void> {
  if (leadIds.length === 0) return;
  await tx.raw(
    `update follow_ups as t set state = ?, closed_at = ?
     from ${tx.dialect.rowsFrom({ lead: 'text' })} v where t.lead_id = v.lead and t.state = 'open'`,
    [state, now, packRows(leadIds.map((id) => [id]))],
  );
}
