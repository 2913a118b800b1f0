import { after, before } from 'node:test';
import type { Database } from '../../../platform/db/index.ts';
import { type TestDatabase, testDatabases } from '../../support/databases.ts';
import { EngineFloor, type FloorSetup } from './engine-floor.ts';

let opened: TestDatabase | undefined;

/** Floors for one test file, on one database of its own; to be called at the file's top. */
export function floors(): (setup?: Partial<FloorSetup>) => EngineFloor {
  before(async () => {
    opened = await testDatabases()[0]?.open();
  });
  after(() => opened?.close());
  return (setup = {}) => new EngineFloor({ db: database(), ...setup });
}

/** The file's database. */
export function database(): Database {
  if (!opened) throw new Error('floors are built inside tests');
  return opened.db;
}

/** Numbers that the simulated network accepts. */
export function someone(index: number): string {
  return `+999${String(100_000_000 + index)}`;
}
