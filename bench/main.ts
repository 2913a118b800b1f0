import '../platform/clock/utc-process.ts';
import { parseArgs } from 'node:util';

/** What a benchmark is: a module that runs and answers its table. */
interface Bench {
  run(options: { json: boolean; rows?: number; databaseUrl?: string }): Promise<unknown>;
}

const BENCHES: Readonly<Record<string, () => Promise<Bench>>> = {
  import: () => import('./import/import-bench.ts'),
  claim: () => import('./claim/claim-bench.ts'),
  engine: () => import('./engine/engine-bench.ts'),
  pacing: () => import('./pacing/pacing-bench.ts'),
};

const USAGE = `usage: npm run -s bench -- NAME [--json] [--rows N]\n  NAME is one of ${Object.keys(BENCHES).join(', ')}\n`;

/** @returns the exit status: 0 done, 1 failed, 2 used wrongly */
async function main(args: string[]): Promise<number> {
  const { values, positionals } = parseArgs({
    args,
    options: { json: { type: 'boolean' }, rows: { type: 'string' }, help: { type: 'boolean' } },
    allowPositionals: true,
  });
  const load = BENCHES[positionals[0] ?? ''];
  if (values.help || !load) {
    process.stderr.write(USAGE);
    return values.help ? 0 : 2;
  }
  const bench = await load();
  const result = await bench.run({
    json: values.json === true,
    ...(values.rows ? { rows: Number(values.rows) } : {}),
    ...(process.env.DATABASE_URL ? { databaseUrl: process.env.DATABASE_URL } : {}),
  });
  process.stdout.write(`${JSON.stringify(result, null, values.json ? 0 : 2)}\n`);
  return 0;
}

process.exitCode = await main(process.argv.slice(2));
