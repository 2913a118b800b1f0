export { type BulkRow, type Columns, insertRows, updateRows } from './bulk.ts';
export type { DatabaseLocation } from './connect.ts';
export { type Database, openDatabase, type Queries, type Tx } from './database.ts';
export { type ColumnType, type Dialect, type DialectName, packRows } from './dialect.ts';
export { type MigrationStep, migrate, migrationSource } from './migrate.ts';
export type { SumBook, SumRow, SumTarget } from './sums.ts';
export { holdWriterLock, type WriterLock } from './writer-lock.ts';
