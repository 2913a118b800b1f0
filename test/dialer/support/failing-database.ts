import type { Database, Tx } from '../../../platform/db/index.ts';

/** What happens to the units of work, counted from the first: before they begin, or after they are on disk. */
export type DatabaseFault = (unit: number) => 'before' | 'after' | undefined;

/** A database whose units of work fail when told to; `after`: committed, and the answer was lost. */
export function failingDatabase(db: Database, fault: DatabaseFault): Database & { readonly units: number } {
  let units = 0;
  const failing = async <T>(run: () => Promise<T>): Promise<T> => {
    const unit = ++units;
    if (fault(unit) === 'before') throw new Error('the database is away');
    const result = await run();
    if (fault(unit) === 'after') throw new Error('the connection was lost before the answer');
    return result;
  };
  return {
    dialect: db.dialect,
    reader: db.reader,
    migrator: db.migrator,
    waiting: () => db.waiting(),
    get units() {
      return units;
    },
    transact: <T>(work: (tx: Tx) => Promise<T>) => failing(() => db.transact(work)),
    grouped: <T>(work: (tx: Tx) => Promise<T>) => failing(() => db.grouped(work)),
    idle: () => db.idle(),
    close: () => db.close(),
  };
}
