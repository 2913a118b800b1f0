export { type DetectedEncoding, detectEncoding, ENCODINGS, type Encoding } from './encoding.ts';
export * from './fields.ts';
export { isZip } from './file-kinds.ts';
export { type GuessInput, guessMapping } from './guess-mapping.ts';
export {
  type AcceptedRow,
  type CellProblemCode,
  createRowInterpreter,
  type InterpretOptions,
  type LeadNumber,
  type RejectCode,
  type RejectedRow,
  type RowWarning,
} from './interpret-row.ts';
export type { ListOptions, ListShape, ListSource, OpenList } from './list-types.ts';
export { applyMapping, type ChosenMapping, checkMapping } from './mapping.ts';
export { createNumberNormaliser, normaliseNumber } from './numbers/normalise-number.ts';
export * from './numbers/number-types.ts';
export { readNumbersInCell } from './numbers/split-cell.ts';
export { openList, readRows } from './open-list.ts';
export { type Reject, type RejectsFormat, rejectLines, rejectsHeader } from './rejects.ts';
export {
  type BrokenRow,
  type BrokenRowCode,
  DEFAULT_LIMITS,
  type ReadLimits,
  type ReadProgress,
  type RowBatch,
  type SourceRow,
} from './rows.ts';
