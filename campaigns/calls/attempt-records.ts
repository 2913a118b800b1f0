import type { AttemptFacts, CallRecord } from '../../dialer/ports.ts';
import type { Tx } from '../../platform/db/index.ts';
import type { Id } from '../../platform/ids/index.ts';
import { addToReport, type ReportDelta } from '../reports/index.ts';
import { addToLedger } from './abandon-ledger.ts';
import { attemptMeasures } from './attempt-measures.ts';
import { type EndedAttempt, writeAttempts } from './attempts-writer.ts';
import { type CallLogParts, readRules } from './call-rules.ts';
import { writeCalls } from './calls-writer.ts';
import { type First, leadsStep, leadsTalk } from './lead-steps.ts';
import { localDayOf } from './local-day.ts';

export type AttemptRecord = Extract<
  CallRecord,
  { type: 'attemptAnswered' | 'attemptConnected' | 'attemptEnded' }
>;

/**
 * Writes down what became of attempts, and all that follows from an end. Of several records of one attempt the
 * last one says it all: each holds everything that was known when it was made.
 */
export async function writeAttemptRecords(
  tx: Tx,
  { records, parts }: { records: readonly AttemptRecord[]; parts: CallLogParts },
): Promise<void> {
  if (records.length === 0) return;
  const facts = lastFacts(records);
  const ended = await writeAttempts(tx, facts);
  await writeCalls(tx, { facts, ended, ids: parts.ids });
  await talk(tx, facts);
  if (ended.length === 0) return;
  const campaignIds = ended.map(({ campaignId }) => campaignId);
  const rulesOf = await readRules(tx, { rulesOf: parts.rulesOf, campaignIds });
  const zoneKeys = new Map(facts.map(({ attemptId, lead }) => [attemptId, lead.zoneKey]));
  const stepping = ended.map((attempt) => {
    const rules = rulesOf(attempt.campaignId);
    return { attempt, rules, ...localDayOf(zoneKeys.get(attempt.id), { rules, at: attempt.endedAt }) };
  });
  const firsts = await leadsStep(tx, stepping);
  const never = { attempt: false, contact: false };
  addToReport(
    tx,
    ended.map((attempt) => deltaOf(attempt, firsts.get(attempt.id) ?? never)),
  );
  addToLedger(tx, ended, rulesOf);
}

/** The last of each attempt; an end stands, whatever is said after it. */
function lastFacts(records: readonly AttemptRecord[]): AttemptFacts[] {
  const last = new Map<Id, AttemptFacts>();
  for (const { attempt } of records) {
    if (last.get(attempt.attemptId)?.endedAt === undefined) last.set(attempt.attemptId, attempt);
  }
  return [...last.values()];
}

async function talk(tx: Tx, facts: readonly AttemptFacts[]): Promise<void> {
  const talking = facts.filter(
    ({ connectedAt, endedAt }) => connectedAt !== undefined && endedAt === undefined,
  );
  const now = Math.max(...talking.map(({ connectedAt }) => connectedAt ?? 0));
  await leadsTalk(
    tx,
    talking.map(({ lead }) => lead.leadId),
    now,
  );
}

function deltaOf(attempt: EndedAttempt, first: First): ReportDelta {
  return {
    campaignId: attempt.campaignId,
    listId: attempt.listId,
    agentId: attempt.agentId,
    scriptVersionId: attempt.scriptVersionId,
    at: attempt.orderedAt,
    measures: attemptMeasures(attempt, first),
  };
}

/** Customers who pressed the key of the message: their numbers and vendors. */
export async function readOptOuts(
  tx: Tx,
  attemptIds: readonly Id[],
): Promise<{ e164: string; vendorId: Id; customerId: Id }[]> {
  if (attemptIds.length === 0) return [];
  const marks = attemptIds.map(() => '?').join(', ');
  const rows = await tx.raw<{ e164: string; vendor_id: string; customer_id: string }>(
    `update attempts set opted_out = 1 where id in (${marks}) returning e164, vendor_id, customer_id`,
    attemptIds,
  );
  return rows.map((row) => ({ e164: row.e164, vendorId: row.vendor_id, customerId: row.customer_id }));
}
