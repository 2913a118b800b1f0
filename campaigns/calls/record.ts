import type { CallRecord } from '../../dialer/ports.ts';
import type { Tx } from '../../platform/db/index.ts';
import { putOnDoNotCall } from '../do-not-call/index.ts';
import { type AttemptRecord, readOptOuts, writeAttemptRecords } from './attempt-records.ts';
import type { CallLogParts } from './call-rules.ts';
import { changeStates, endSessions, startSessions } from './sessions-writer.ts';
import { writeWrapUps } from './wrap-up-writer.ts';

/**
 * Writes a batch down kind by kind, each with a number of statements that does not grow with the batch. That is
 * the order in which things happen, but for an agent who leaves and comes back: there the batch is parted.
 */
export async function record(tx: Tx, records: readonly CallRecord[], parts: CallLogParts): Promise<void> {
  for (const part of partedAtReturns(records)) {
    await startSessions(tx, ofType(part, 'sessionStarted'));
    await writeAttemptRecords(tx, { records: part.filter(isAboutAttempt), parts });
    await writeOptOuts(tx, ofType(part, 'optedOut'), parts);
    await changeStates(tx, ofType(part, 'agentStateChanged'));
    await writeWrapUps(tx, ofType(part, 'wrapUpEnded'));
    await endSessions(tx, ofType(part, 'sessionEnded'));
  }
}

function partedAtReturns(records: readonly CallRecord[]): CallRecord[][] {
  const parts: CallRecord[][] = [[]];
  let left = new Set<string>();
  for (const one of records) {
    if (one.type === 'sessionStarted' && left.has(one.agentId)) {
      parts.push([]);
      left = new Set();
    }
    if (one.type === 'sessionEnded') left.add(one.agentId);
    parts.at(-1)?.push(one);
  }
  return parts;
}

function ofType<T extends CallRecord['type']>(
  records: readonly CallRecord[],
  type: T,
): Extract<CallRecord, { type: T }>[] {
  return records.filter((one): one is Extract<CallRecord, { type: T }> => one.type === type);
}

function isAboutAttempt(one: CallRecord): one is AttemptRecord {
  return one.type === 'attemptAnswered' || one.type === 'attemptConnected' || one.type === 'attemptEnded';
}

async function writeOptOuts(
  tx: Tx,
  records: readonly Extract<CallRecord, { type: 'optedOut' }>[],
  { ids }: CallLogParts,
): Promise<void> {
  const people = await readOptOuts(
    tx,
    records.map(({ attempt }) => attempt.attemptId),
  );
  const now = Math.max(0, ...records.map(({ at }) => at));
  const entries = people.map((person) => ({
    ...person,
    reason: 'opt_out_key',
    source: 'message',
    note: null,
    createdBy: null,
  }));
  await putOnDoNotCall(tx, { entries, ids, now });
}
