import { createImportService } from '../../campaigns/lists/index.ts';
import { systemClock } from '../../platform/clock/index.ts';
import { type DatabaseLocation, openDatabase } from '../../platform/db/index.ts';
import { FolderFileStore } from '../../platform/files/index.ts';
import { createIds } from '../../platform/ids/index.ts';
import { systemRandom } from '../../platform/random/index.ts';

/** Runs an import in a process of its own, which kills itself after some chunks: no handler, no clean-up. */
interface Order {
  location: DatabaseLocation;
  folder: string;
  importId: string;
  dieAfter: number;
}

const order = JSON.parse(process.argv[2] ?? '{}') as Order;
const db = openDatabase(order.location);
const imports = createImportService({
  db,
  clock: systemClock,
  ids: createIds(systemClock, systemRandom),
  files: new FolderFileStore(order.folder),
  audit: { record: async () => {} },
  outbox: { append: async () => {} },
  bus: { emit: () => {} },
  queue: { add: async () => 'job' },
  maxBytes: 100_000_000,
  allowReplayNumbers: false,
});
let chunks = 0;
await imports.run(order.importId, {
  signal: new AbortController().signal,
  progressed: () => {
    if (++chunks > order.dieAfter) process.kill(process.pid, 'SIGKILL');
  },
});
await db.close();
