import { createReadStream } from 'node:fs';
import { join } from 'node:path';
import { createImportService, importOptionsSchema } from '../../campaigns/lists/index.ts';
import { migrations } from '../../migrations/index.ts';
import { systemClock } from '../../platform/clock/index.ts';
import { type Database, migrate, openDatabase } from '../../platform/db/index.ts';
import { FolderFileStore } from '../../platform/files/index.ts';
import { type CampaignWorld, createWorld } from '../../test/support/campaign-world.ts';

export interface BenchDatabase {
  db: Database;
  world: CampaignWorld;
}

/** A fresh SQLite database as it runs in production: WAL, and every commit on disk. */
export async function openBenchDatabase(folder: string, name: string): Promise<BenchDatabase> {
  const db = openDatabase({ sqliteFile: join(folder, `${name}.sqlite`) });
  await migrate(db.migrator, migrations);
  return { db, world: await createWorld(db) };
}

/** Loads a file from here to its end, as the command does. @returns its counts */
export async function importFile(
  { db, world }: BenchDatabase,
  { folder, file, listId }: { folder: string; file: string; listId: string },
) {
  const imports = createImportService({
    db,
    clock: systemClock,
    ids: world.ids,
    files: new FolderFileStore(join(folder, 'files')),
    audit: { record: async () => {} },
    outbox: { append: async () => {} },
    bus: { emit: () => {} },
    queue: { add: async () => 'job' },
    maxBytes: 2 ** 31,
    allowReplayNumbers: false,
  });
  const { vendorId, teamId } = world;
  const viewer = {
    userId: world.agentIds[0] ?? '',
    vendorId,
    teamId,
    role: 'admin' as const,
    scope: 'all' as const,
  };
  const content = createReadStream(file);
  const { fileId } = await imports.upload(viewer, listId, { fileName: 'list.csv', content });
  const options = importOptionsSchema.parse({});
  const prepared = await imports.prepare(viewer, listId, { fileId, options });
  const { id } = await db.transact((tx) => imports.start(tx, viewer, { prepared, queued: false }));
  return imports.run(id, { signal: new AbortController().signal });
}
