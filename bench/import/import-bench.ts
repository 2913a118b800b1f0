import { execFile } from 'node:child_process';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { type DialingPace, dialingPace } from './dialing-pace.ts';
import { generateList } from './generate-list.ts';

const DEFAULT_ROWS = 1_000_000;
/** Rows loaded while a campaign is dialed. */
const ROWS_WHILE_DIALING = 100_000;
const GATES = { ratio: 2.5, rssMb: 400, claimP99Ratio: 2 };

interface MeasuredRun {
  rows: number;
  seconds: number;
  rssMb: number;
}

export interface ImportFigures {
  rows: number;
  bareSeconds: number;
  importSeconds: number;
  ratio: number;
  rowsPerSecond: number;
  rssMb: number;
  dialing: DialingPace;
  gates: Record<keyof typeof GATES, { limit: number; held: boolean }>;
}

/** An import against the least that fills the same tables, and the pace of dialing while one runs. */
export async function run(options: { rows?: number }): Promise<ImportFigures> {
  const rows = options.rows ?? DEFAULT_ROWS;
  const folder = await mkdtemp(join(tmpdir(), 'dialwright-bench-'));
  try {
    const file = join(folder, 'list.csv');
    await generateList(file, rows);
    const bare = await measured('bare', folder, file);
    const imported = await measured('import', folder, file);
    const small = join(folder, 'small.csv');
    await generateList(small, Math.min(rows, ROWS_WHILE_DIALING));
    const figures = figuresOf({ rows, bare, imported, dialing: await dialingPace(folder, small) });
    return figures;
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}

const SCRIPT = join(import.meta.dirname, 'measured-run.ts');

async function measured(what: 'bare' | 'import', folder: string, file: string): Promise<MeasuredRun> {
  const args = ['--import', 'tsx', SCRIPT, what, folder, file];
  const { stdout } = await promisify(execFile)(process.execPath, args);
  return JSON.parse(stdout) as MeasuredRun;
}

function figuresOf(from: {
  rows: number;
  bare: MeasuredRun;
  imported: MeasuredRun;
  dialing: DialingPace;
}): ImportFigures {
  const { rows, bare, imported, dialing } = from;
  if (bare.rows !== rows || imported.rows !== rows) throw new Error('Not every row became a lead');
  const ratio = imported.seconds / bare.seconds;
  return {
    rows,
    bareSeconds: bare.seconds,
    importSeconds: imported.seconds,
    ratio,
    rowsPerSecond: Math.round(rows / imported.seconds),
    rssMb: Math.round(imported.rssMb),
    dialing,
    gates: {
      ratio: { limit: GATES.ratio, held: ratio <= GATES.ratio },
      rssMb: { limit: GATES.rssMb, held: imported.rssMb < GATES.rssMb },
      claimP99Ratio: { limit: GATES.claimP99Ratio, held: dialing.p99Ratio <= GATES.claimP99Ratio },
    },
  };
}
