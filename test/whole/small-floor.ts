import '../../platform/clock/utc-process.ts';
import { Readable } from 'node:stream';
import { builtInPresets, createPresetCatalogue } from '../../campaigns/compliance/index.ts';
import { isReplayNumber, replayNumber } from '../../dialer/core/replay-numbers.ts';
import { defaultRetryPlan } from '../../dialer/core/retry-plan.ts';
import type { DialerEngine, SignIn } from '../../dialer/engine/index.ts';
import { type ScenarioSource, SimulatedNetwork } from '../../dialer/simulation/index.ts';
import { systemTimers, type Timers } from '../../platform/clock/index.ts';
import { loadConfig } from '../../platform/config/index.ts';
import type { Database } from '../../platform/db/index.ts';
import { forkRandom, type Random } from '../../platform/random/index.ts';
import { composeDialing } from '../../server/compose/dialing.ts';
import { createEngineEars } from '../../server/compose/engine-ears.ts';
import { type Ground, openGround } from '../../server/compose/ground.ts';
import { importStream } from '../../server/compose/import-stream.ts';
import { composeServices, type Services } from '../../server/compose/services.ts';
import { type AgentDoor, RobotAgents, type RobotVerdict } from '../../server/demo/robot-agents.ts';
import { createReplayCampaign } from '../../server/replay/replay-campaign.ts';

/**
 * A floor to be killed: the ground, stores and engine of `start` in real time, with far ends and robots in such a
 * hurry that every kind of write is under way at any moment. Ends at SIGTERM, or by killing itself.
 *
 * Arguments: seed · `loading` or `dialing`: when the clock of its death begins · ms to live from then on, `-` for ever.
 * Prints, each on a line and on its way before anything else happens: `dialing`; `placed ATTEMPT NUMBER` when the
 * network has the order; `disposed CALL` when the agent was told that the result is taken.
 */
const LEADS = 400;
const AGENTS = 16;
const TRUNK = { id: 'simulated', capacity: 100, callsPerSecond: 200 };

/** Nobody takes long; who is tired of waiting, refuses, or lets a machine answer is among them. */
function hurriedFarEnds(random: Random): ScenarioSource {
  const upTo = (ms: number) => Math.ceil(random.next() * ms);
  return ({ attemptId, e164 }) => {
    say(`placed ${attemptId} ${e164}`);
    const common = { setupMs: upTo(20), ringMs: upTo(150), talkMs: upTo(300), patienceMs: 100 + upTo(600) };
    const draw = random.next();
    if (draw < 0.55) return { ...common, result: 'answered' };
    if (draw < 0.65) return { ...common, result: 'answered', by: 'machine' };
    const others = ['noAnswer', 'busy', 'rejected', 'congestion', 'trunkFailure'] as const;
    return { ...common, result: others[Math.floor(random.next() * others.length)] ?? 'noAnswer' };
  };
}

const often = (delayMs: number) => ({ delayMs, turnTo: 'nextNumber' as const });
const rules = { ...defaultRetryPlan.rules };
for (const outcome of [
  'noAnswer',
  'busy',
  'machine',
  'congestion',
  'failed',
  'unknown',
  'rejected',
] as const) {
  rules[outcome] = often(100);
}
for (const outcome of ['answered', 'abandoned', 'hungUpWaiting'] as const) rules[outcome] = often(300);
const SETTINGS = {
  compliance: { presets: ['replay-open'] },
  // more calls than agents can take, so that some wait and some are abandoned
  dialing: { ratio: 3, connectWithinMs: 500, maxCallsPerSecond: 200, hopperSize: 50 },
  retries: {
    rules,
    maxPerNumber: 1_000,
    maxPerLead: 1_000,
    maxPerLeadPerDay: 1_000,
    maxFailuresPerNumber: 1_000,
    betweenNumbersMs: 0,
  },
};

/** What is there already is used: of a first life that was killed while it loaded, too. */
async function prepare(ground: Ground, services: Services): Promise<SignIn[]> {
  const running = await seatsOf(ground.db);
  if (running.length > 0) return running;
  const made = await createReplayCampaign(
    { db: ground.db, services },
    { agents: AGENTS, seed: 'killed', dialMode: 'ratio', settings: SETTINGS },
    async (viewer, listId) => {
      const rows = Array.from(
        { length: LEADS },
        (_, n) => `${replayNumber(2 * n)},${replayNumber(2 * n + 1)}`,
      );
      const content = Readable.from([`phone,phone2\n${rows.join('\n')}\n`]);
      const request = { listId, fileName: 'leads.csv', content };
      await importStream({ db: ground.db, imports: services.imports }, viewer, request);
    },
  );
  return made.seats;
}

async function seatsOf({ reader }: Database): Promise<SignIn[]> {
  const rows = await reader.raw<{ id: string; vendor_id: string; team_id: string; campaign_id: string }>(
    `select u.id, u.vendor_id, u.team_id, c.id as campaign_id from users u
     join campaigns c on c.team_id = u.team_id where u.role = 'agent' and c.state = 'running'`,
  );
  return rows.map((row) => ({
    agentId: row.id,
    vendorId: row.vendor_id,
    teamId: row.team_id,
    campaignId: row.campaign_id,
  }));
}

const VERDICTS = ['sale', 'undecided', 'undecided', 'undecided', 'refusal', 'doNotCall', 'wrongPerson'];

async function readVerdicts({ reader }: Database): Promise<RobotVerdict[]> {
  const rows = await reader.raw<{ id: string; category: string }>(
    `select d.id, d.category from dispositions d where d.needs_note = 0 and d.needs_callback_time = 0
       and not exists (select 1 from dispositions c where c.parent_id = d.id)`,
  );
  return VERDICTS.flatMap((category) => {
    const found = rows.find((row) => row.category === category);
    return found ? [{ dispositionId: found.id, note: '' }] : [];
  });
}

function say(line: string): void {
  process.stdout.write(`${line}\n`);
}

/** Robots whose screens tell what they were told. */
function tellingDoor(engine: DialerEngine): AgentDoor {
  return {
    signIn: (signIn) => engine.signIn(signIn),
    async command(agentId, command) {
      const view = await engine.command(agentId, command);
      if (command.type === 'dispose') say(`disposed ${command.callId}`);
      return view;
    },
  };
}

function dieLater(timers: Timers, lifeMs: string): void {
  if (lifeMs !== '-') timers.after(Number(lifeMs), () => process.kill(process.pid, 'SIGKILL'));
}

async function main([seed = '1', begin = 'dialing', lifeMs = '-']: string[]): Promise<void> {
  const stopAsked = new Promise<void>((resolve) => process.once('SIGTERM', resolve));
  if (begin === 'loading') dieLater(systemTimers, lifeMs);
  const ground = await openGround(loadConfig(process.env));
  const { db, timers, log } = ground;
  const services = composeServices(
    { ...ground, presets: createPresetCatalogue(builtInPresets()) },
    ground.config,
  );
  const seats = await prepare(ground, services);
  const network = new SimulatedNetwork({
    timers,
    trunks: [TRUNK],
    accepts: isReplayNumber,
    scenarios: hurriedFarEnds(forkRandom(seed, 'far ends')),
  });
  const ears = createEngineEars(log);
  const engine = composeDialing({ ...ground, ...services, telephony: network.connect(), listener: ears });
  const verdicts = await readVerdicts(db);
  const robots = new RobotAgents({
    door: tellingDoor(engine),
    timers,
    random: forkRandom(seed, 'robots'),
    behaviour: {
      wrapUpMs: (random) => 20 + random.next() * 100,
      previewMs: () => 20,
      verdict: (_view, random) => {
        const verdict = verdicts[Math.floor(random.next() * verdicts.length)];
        if (!verdict) throw new Error('No disposition to choose');
        return verdict;
      },
    },
    onFailure: (error) => log.error({ err: error }, 'a robot failed'),
  });
  ears.onAgentView((view) => robots.agentChanged(view));
  await engine.start();
  await robots.signIn(seats);
  say('dialing');
  if (begin === 'dialing') dieLater(timers, lifeMs);
  await stopAsked;
  robots.rest();
  network.failTrunk(TRUNK.id, 'trunkFailure', { dropCalls: true });
  await engine.stop();
  await ground.close();
}

await main(process.argv.slice(2));
