import type { DisposeRequest } from '../../dialer/ports.ts';
import type { Instant } from '../../platform/clock/index.ts';
import type { Tx } from '../../platform/db/index.ts';
import { DomainError } from '../../platform/errors/index.ts';
import type { Id } from '../../platform/ids/index.ts';
import { type Disposition, findChoosable } from '../dispositions/index.ts';
import { putOnDoNotCall } from '../do-not-call/index.ts';
import { isPromised } from '../leads/index.ts';
import { addToReport, type Measures } from '../reports/index.ts';
import type { CallLogParts } from './call-rules.ts';
import { callbackInstant } from './callback-time.ts';
import { callNotFound, type DisposableCall, findCall } from './disposed-call.ts';
import { type CallbackPromise, closeFollowUps, insertFollowUp } from './follow-ups-store.ts';
import { moveDisposedLead } from './move-disposed-lead.ts';

const LONGEST_NOTE = 2_000;

/** A result that was checked and may be written. */
export interface CheckedResult {
  disposition: Disposition;
  note: string;
  promise: CallbackPromise | undefined;
  now: Instant;
}

/** The agent's word on a call; see `CallLog.dispose`. */
export async function dispose(tx: Tx, parts: CallLogParts, request: DisposeRequest): Promise<void> {
  const call = await findCall(tx, request);
  if (!(await isOwn(tx, call, request.agentId))) throw callNotFound();
  if (call.disposedAt !== null) {
    throw new DomainError('conflict', 'call_already_disposed', 'This call has its result already');
  }
  const result = await checkResult(tx, request);
  await writeResult(tx, call, result);
  countResult(tx, call, measuresOf(result.disposition, 1));
  await follow(tx, { parts, call, result, correction: false });
}

/** The last agent of a call, or any other who had a part of it. */
async function isOwn(tx: Tx, call: DisposableCall, agentId: Id): Promise<boolean> {
  if (call.agentId === agentId) return true;
  const segments = await tx.raw('select 1 from segments where call_id = ? and agent_id = ?', [
    call.id,
    agentId,
  ]);
  return segments.length > 0;
}

/** @throws DomainError that says which need of the disposition is missing */
export async function checkResult(tx: Tx, request: DisposeRequest): Promise<CheckedResult> {
  const { callback, now, agentId } = request;
  const disposition = await findChoosable(tx, request);
  if (!disposition) {
    throw invalid(
      'disposition_not_allowed',
      'Choose a disposition of this campaign that has no reasons of its own',
    );
  }
  const note = request.note.trim();
  if (note.length > LONGEST_NOTE)
    throw invalid('note_too_long', `A note has at most ${LONGEST_NOTE} characters`);
  if (disposition.needsNote && note === '') throw invalid('note_missing', 'This disposition needs a note');
  if (disposition.needsCallbackTime && !callback) {
    throw invalid('callback_time_missing', 'This disposition needs the time that was promised');
  }
  if (!callback || disposition.rule.action !== 'callback') {
    return { disposition, note, promise: undefined, now };
  }
  const { localTime, timeZone, reservedForAgent } = callback;
  const dueAt = callbackInstant(callback, now);
  const promise = { localTime, timeZone, dueAt, agentId: reservedForAgent ? agentId : null };
  return { disposition, note, promise, now };
}

function invalid(code: string, message: string): DomainError {
  return new DomainError('invalid', code, message);
}

export async function writeResult(tx: Tx, call: DisposableCall, result: CheckedResult): Promise<void> {
  const { disposition, now, note } = result;
  await tx.raw(
    'update calls set disposition_id = ?, disposition_category = ?, disposed_at = ?, note = ? where id = ?',
    [disposition.id, disposition.category, now, note, call.id],
  );
}

const BY_CATEGORY: { readonly [category in Disposition['category']]?: keyof Measures } = {
  sale: 'sales',
  refusal: 'refusals',
  callback: 'callbacks',
  doNotCall: 'do_not_calls',
};

/** What a result adds to the report; with −1 what taking it back does. */
export function measuresOf(
  disposition: Pick<Disposition, 'category' | 'rightPerson'>,
  sign: 1 | -1,
): Measures {
  const measures: Measures = disposition.rightPerson ? { right_person: sign } : {};
  const own = BY_CATEGORY[disposition.category];
  if (own) measures[own] = sign;
  return measures;
}

export function countResult(tx: Tx, call: DisposableCall, measures: Measures): void {
  addToReport(tx, [{ ...call.reportKey, measures }]);
}

export interface FollowRequest {
  parts: CallLogParts;
  call: DisposableCall;
  result: CheckedResult;
  /** The lead was moved by an earlier result of the same call. */
  correction: boolean;
}

/** Everything that follows from a result, in its unit of work. */
export async function follow(tx: Tx, request: FollowRequest): Promise<void> {
  const { parts, call, result } = request;
  const { now, disposition } = result;
  if (call.leadId === null || !call.attempt) return;
  const moved = await moveDisposedLead(tx, { ...request, leadId: call.leadId, attempt: call.attempt });
  if (moved) {
    if (isPromised(moved)) await closeFollowUps(tx, { leadIds: [call.leadId], state: 'done', now });
    if (result.promise) await promise(tx, { ...request, leadId: call.leadId, promise: result.promise });
  }
  if (disposition.rule.action === 'doNotCall') {
    const entry = { e164: call.attempt.e164, vendorId: call.vendorId, customerId: call.customerId };
    const reason = { reason: 'asked', source: 'disposition', note: result.note || null };
    const entries = [{ ...entry, ...reason, createdBy: call.agentId }];
    await putOnDoNotCall(tx, { entries, ids: parts.ids, now });
  }
}

async function promise(
  tx: Tx,
  { parts, call, result, leadId, promise }: FollowRequest & { leadId: Id; promise: CallbackPromise },
): Promise<void> {
  await insertFollowUp(tx, {
    ...promise,
    id: parts.ids.next(),
    vendorId: call.vendorId,
    teamId: call.teamId,
    campaignId: call.campaignId,
    leadId,
    customerId: call.customerId ?? '',
    note: result.note,
    callId: call.id,
    createdAt: result.now,
  });
}
