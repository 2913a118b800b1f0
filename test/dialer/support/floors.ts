import { after, before } from 'node:test';
import { type TestDatabase, testDatabases } from '../../support/databases.ts';
import { EngineFloor, type FloorSetup } from './engine-floor.ts';

/** Floors for one test file, on one database of its own; to be called at the file's top. */
export function floors(): (setup?: Omit<FloorSetup, 'db'> & { db?: FloorSetup['db'] }) => EngineFloor {
  let database: TestDatabase | undefined;
  before(async () => {
    database = await testDatabases()[0]?.open();
  });
  after(() => database?.close());
  return (setup = {}) => {
    if (!database) throw new Error('floors are built inside tests');
    return new EngineFloor({ db: database.db, ...setup });
  };
}

/** Numbers that the simulated network accepts. */
export function someone(index: number): string {
  return `+999${String(100_000_000 + index)}`;
}
