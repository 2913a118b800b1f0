import { createReadStream, existsSync } from 'node:fs';
import { basename } from 'node:path';
import { builtInPresets, createPresetCatalogue } from '../../../campaigns/compliance/index.ts';
import { loadConfig } from '../../../platform/config/index.ts';
import { DomainError } from '../../../platform/errors/index.ts';
import { type Ground, openGround, sqliteFile } from '../../compose/ground.ts';
import { importStream } from '../../compose/import-stream.ts';
import { composeServices } from '../../compose/services.ts';
import { type ReplayRequest, replay } from '../../replay/replay.ts';
import { type Command, type Invocation, numberOption, textOption, UsageError } from '../command.ts';

/** Virtual time begins here, a Monday: the same on every machine, so that a replay can be repeated. */
const START = Date.UTC(2026, 0, 5, 8);
const MAX_AGENTS = 1_000;

/** `replay`: a campaign that really happened, run through the whole system. */
export const replayCommand: Command = {
  name: 'replay',
  usage: 'FILE [--agents N] [--seed TEXT]',
  summary:
    'Run a recorded campaign through import, engine, agents, dispositions and report, in virtual time.\n' +
    'FILE is a CSV with the columns campaign (tries, the last one answered), duration (talk seconds of the last)\n' +
    'and output (yes: sold). The database is kept in DATA_DIR.',
  options: {
    agents: { value: 'N', help: 'agents at work (default 30)' },
    seed: { value: 'TEXT', help: 'of everything left to chance (default 1)' },
  },
  words: { min: 1, max: 1 },
  async run(invocation) {
    const config = loadConfig(invocation.env);
    const [file = ''] = invocation.words;
    const agents = agentsOf(invocation);
    if (!existsSync(file)) throw new DomainError('notFound', 'file_not_found', `There is no file ${file}`);
    const begun = performance.now();
    // A new database needs no guard against power cuts: the replay is simply run again.
    const fresh = config.databaseUrl === undefined && !existsSync(sqliteFile(config));
    const ground = await openGround(config, { synchronous: fresh ? 'off' : 'full' });
    try {
      const figures = await runReplay(ground, {
        file,
        agents,
        seed: textOption(invocation, 'seed') ?? '1',
        startAt: START,
        say: (line) => void (invocation.json || process.stderr.write(`${line}\n`)),
      });
      const wallSeconds = Math.round((performance.now() - begun) / 100) / 10;
      return { data: { ...figures, wallSeconds }, text: describe(figures, wallSeconds) };
    } finally {
      await ground.close();
    }
  },
};

function agentsOf(invocation: Invocation): number {
  const agents = numberOption(invocation, 'agents', 30);
  if (agents > MAX_AGENTS) throw new UsageError(`--agents takes a whole number up to ${MAX_AGENTS}`);
  return agents;
}

function runReplay(ground: Ground, request: ReplayRequest) {
  const { config, db, timers } = ground;
  const presets = createPresetCatalogue(builtInPresets());
  const imports = composeServices({ ...ground, presets }, config).imports;
  // what the replay makes is as old as its virtual time
  const standing = { ...timers, now: () => request.startAt };
  const services = composeServices({ ...ground, timers: standing, presets }, config);
  return replay(
    {
      db,
      services,
      importFile: async (viewer, { listId, file }) => {
        const content = createReadStream(file);
        await importStream({ db, imports }, viewer, { listId, fileName: basename(file), content });
      },
    },
    request,
  );
}

function describe(figures: Awaited<ReturnType<typeof replay>>, wallSeconds: number): string {
  const { leads, attempts, contacts, talkSeconds, sales, conversionRate } = figures;
  return [
    `leads          ${leads}`,
    `attempts       ${attempts}`,
    `contacts       ${contacts}`,
    `talk seconds   ${talkSeconds}`,
    `sales          ${sales}`,
    `conversion     ${(conversionRate * 100).toFixed(2)} %`,
    `took           ${wallSeconds} s`,
  ].join('\n');
}
