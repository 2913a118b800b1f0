export { readLedger } from './abandon-ledger.ts';
export { type LegalWindow, legalWindowAt } from './abandon-window.ts';
export { createCallLog } from './call-log.ts';
export type { CallLogParts, CallRules, CallRulesOf } from './call-rules.ts';
export { correctDisposition } from './correct-disposition.ts';
