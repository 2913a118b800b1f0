import { addList } from '../../test/support/campaign-world.ts';
import { fillWithoutLooking } from './bare-minimum.ts';
import { importFile, openBenchDatabase } from './bench-database.ts';

/** One side of the comparison in a process of its own, so that its memory is its own: prints a line of JSON. */
const [what = '', folder = '', file = ''] = process.argv.slice(2);
const bench = await openBenchDatabase(folder, what);
const listId = await addList(bench.db, bench.world);
const begun = performance.now();
const rows =
  what === 'bare'
    ? await fillWithoutLooking(bench.db, { file, listId, ids: bench.world.ids })
    : (await importFile(bench, { folder, file, listId })).accepted;
const seconds = (performance.now() - begun) / 1_000;
const [counted] = await bench.db.reader.raw<{ n: number }>('select count(*) as n from lead_numbers');
await bench.db.close();
const rssMb = process.resourceUsage().maxRSS / 1_024;
process.stdout.write(`${JSON.stringify({ rows, numbers: counted?.n, seconds, rssMb })}\n`);
