import type { DisposeRequest } from '../../dialer/ports.ts';
import type { Tx } from '../../platform/db/index.ts';
import { DomainError } from '../../platform/errors/index.ts';
import { readDispositions } from '../dispositions/index.ts';
import type { CallLogParts } from './call-rules.ts';
import { checkResult, countResult, follow, measuresOf, writeResult } from './dispose.ts';
import { findCall } from './disposed-call.ts';

/**
 * Another result in place of the one that was said: the report is corrected by signed additions, and the lead goes
 * where the new result sends it, unless it was dialed again since. A number put on do-not-call stays there: taking
 * it off is a decision of its own. Who may do this, and the audit entry, are the caller's.
 * @throws DomainError `call_not_disposed`, and as `CallLog.dispose` does
 */
export async function correctDisposition(
  tx: Tx,
  parts: CallLogParts,
  request: DisposeRequest,
): Promise<void> {
  const call = await findCall(tx, request);
  if (call.disposedAt === null) {
    throw new DomainError(
      'conflict',
      'call_not_disposed',
      'This call has no result yet that could be corrected',
    );
  }
  const result = await checkResult(tx, request);
  const former = (await readDispositions(tx, call.campaignId)).find(({ id }) => id === call.dispositionId);
  if (former?.id === result.disposition.id) return writeResult(tx, call, result);
  await writeResult(tx, call, result);
  if (former) countResult(tx, call, measuresOf(former, -1));
  countResult(tx, call, measuresOf(result.disposition, 1));
  await follow(tx, { parts, call, result, correction: true });
}
