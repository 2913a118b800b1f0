import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { DIAL_MODES } from '../../../campaigns/campaigns/index.ts';
import { builtInPresets, createPresetCatalogue } from '../../../campaigns/compliance/index.ts';
import { loadConfig } from '../../../platform/config/index.ts';
import { type Ground, openGround } from '../../compose/ground.ts';
import { importStream } from '../../compose/import-stream.ts';
import { composeServices } from '../../compose/services.ts';
import { type SimulatedShift, type SimulateRequest, simulate } from '../../replay/simulate.ts';
import { type Command, type Invocation, numberOption, textOption, UsageError } from '../command.ts';

const START = Date.UTC(2026, 0, 5, 8);
const LEADS_PER_AGENT_HOUR = 120;

/** `simulate`: a shift of robots on the simulated network, in virtual time and a database of its own. */
export const simulateCommand: Command = {
  name: 'simulate',
  usage: '[--agents N] [--hours N] [--mode MODE] [--seed TEXT]',
  summary:
    'Run a shift of simulated agents and customers in virtual time and say how it went. Nothing is kept; the same\n' +
    'seed gives the same shift.',
  options: {
    agents: { value: 'N', help: 'agents at work (default 20)' },
    hours: { value: 'N', help: 'length of the shift (default 8)' },
    mode: { value: 'MODE', help: `${DIAL_MODES.join(', ')} (default predictive)` },
    leads: { value: 'N', help: 'leads on the list (default: enough)' },
    seed: { value: 'TEXT', help: 'of everything left to chance (default 1)' },
  },
  words: { min: 0, max: 0 },
  async run(invocation) {
    const request = requestOf(invocation);
    const dataDir = await mkdtemp(join(tmpdir(), 'dialwright-simulate-'));
    try {
      const config = loadConfig({ LOG_LEVEL: 'silent', DATA_DIR: dataDir });
      const ground = await openGround(config, { synchronous: 'off' });
      try {
        const begun = performance.now();
        const shift = await runShift(ground, request);
        const wallSeconds = Math.round((performance.now() - begun) / 100) / 10;
        return { data: { ...request, ...shift, wallSeconds }, text: describe(shift, wallSeconds) };
      } finally {
        await ground.close();
      }
    } finally {
      await rm(dataDir, { recursive: true, force: true });
    }
  },
};

function requestOf(invocation: Invocation): SimulateRequest {
  const agents = numberOption(invocation, 'agents', 20);
  const hours = numberOption(invocation, 'hours', 8);
  const mode = textOption(invocation, 'mode') ?? 'predictive';
  const dialMode = DIAL_MODES.find((one) => one === mode);
  if (!dialMode) throw new UsageError(`--mode is one of ${DIAL_MODES.join(', ')}`);
  const leads = numberOption(invocation, 'leads', agents * hours * LEADS_PER_AGENT_HOUR);
  return { agents, hours, dialMode, leads, seed: textOption(invocation, 'seed') ?? '1', startAt: START };
}

function runShift(ground: Ground, request: SimulateRequest): Promise<SimulatedShift> {
  const presets = createPresetCatalogue(builtInPresets());
  const { imports } = composeServices({ ...ground, presets }, ground.config);
  const standing = { ...ground.timers, now: () => request.startAt };
  const services = composeServices({ ...ground, timers: standing, presets }, ground.config);
  const { db } = ground;
  const importList: Parameters<typeof simulate>[0]['importList'] = async (viewer, { listId, content }) => {
    await importStream({ db, imports }, viewer, { listId, fileName: 'simulated.csv', content });
  };
  return simulate({ db, services, importList }, request);
}

function describe(shift: SimulatedShift, wallSeconds: number): string {
  const percent = (fraction: number) => `${(fraction * 100).toFixed(1)} %`;
  return [
    `attempts   ${shift.attempts}`,
    `answered   ${shift.answered}`,
    `contacts   ${shift.contacts}`,
    `sales      ${shift.sales}`,
    `abandoned  ${shift.abandoned} (${percent(shift.abandonRate)} of answered)`,
    `occupancy  ${percent(shift.occupancy)}`,
    `talk       ${shift.talkMinutesPerAgentHour.toFixed(1)} min per agent-hour`,
    `took       ${wallSeconds} s`,
  ].join('\n');
}
