import type { CallLog } from '../../dialer/ports.ts';
import type { Queries } from '../../platform/db/index.ts';
import type { CallLogParts } from './call-rules.ts';
import { readCallerIdUse } from './caller-id-use.ts';
import { dispose } from './dispose.ts';
import { readOpenAttempts } from './open-attempts.ts';
import { record } from './record.ts';
import { closeStaleSessions } from './sessions-writer.ts';

/** What the engine writes down, and what follows from it; see {@link CallLog}. */
export function createCallLog({ reader, ...parts }: CallLogParts & { reader: Queries }): CallLog {
  return {
    record: (tx, records) => record(tx, records, parts),
    dispose: (tx, request) => dispose(tx, parts, request),
    openAttempts: (campaignId) => readOpenAttempts(reader, campaignId),
    callerIdUse: (request) => readCallerIdUse(reader, request),
    closeStaleSessions,
  };
}
