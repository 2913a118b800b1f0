import { join } from 'node:path';
import { Readable } from 'node:stream';
import { Registry } from 'prom-client';
import { campaignChanged } from '../../campaigns/campaigns/index.ts';
import { builtInPresets, createPresetCatalogue } from '../../campaigns/compliance/index.ts';
import { handleListJobs, importEnded } from '../../campaigns/lists/index.ts';
import { isReplayNumber } from '../../dialer/core/replay-numbers.ts';
import type { DialerEngine } from '../../dialer/engine/index.ts';
import { DEFAULT_FAR_END, farEndScenarios, SimulatedNetwork } from '../../dialer/simulation/index.ts';
import { resolveSecret } from '../../platform/config/index.ts';
import { systemRandom } from '../../platform/random/index.ts';
import { Schedule } from '../../platform/schedule/index.ts';
import { DEMO_PASSWORD, DEMO_PEOPLE } from '../demo/demo-campaigns.ts';
import { loadDemo } from '../demo/load-demo.ts';
import { retireDemo, wakeDemo } from '../demo/retire-demo.ts';
import type { RobotAgents } from '../demo/robot-agents.ts';
import { startRobots } from '../demo/run-robots.ts';
import { type HttpServer, listen } from '../http/http-server.ts';
import { createDialerControl } from './dialer-control.ts';
import { composeDialing } from './dialing.ts';
import { createEngineEars, type EngineEars } from './engine-ears.ts';
import { addGauges } from './gauges.ts';
import type { Ground } from './ground.ts';
import { addHousekeeping } from './housekeeping.ts';
import { importStream } from './import-stream.ts';
import { composeServices, type Services } from './services.ts';
import { createStanding } from './standing.ts';
import { composeWeb, type Web, type WebSettings } from './web.ts';

/** The carrier of the simulated network. */
const TRUNKS = [{ id: 'simulated', capacity: 500, callsPerSecond: 50 }];
const LIVE_EVERY_MS = 1_000;
/** How long running jobs may take to come to an end when the process stops. */
const DRAIN_MS = 10_000;
const WEB_FOLDER = join(import.meta.dirname, '..', '..', 'dist', 'web');

export interface RunningProcess {
  /** Where it listens; with the real port when 0 was asked for. */
  url: string;
  /** The demo's people can sign in. */
  demo: boolean;
  /** Places no more calls, finishes what is under way, and leaves everything on disk. */
  stop(): Promise<void>;
}

interface Parts {
  ground: Ground;
  services: Services;
  ears: EngineEars;
  engine: DialerEngine;
  network: SimulatedNetwork;
  web: Web;
  schedule: Schedule;
  demo: boolean;
}

/** One process with all roles, on the simulated network; it is up when this resolves. */
export async function startProcess(ground: Ground): Promise<RunningProcess> {
  const parts = await compose(ground);
  const { engine, services, schedule, demo } = parts;
  const { events, queue, config } = ground;
  await events.start();
  await queue.start();
  await services.imports.resumeAll();
  const accounts = { db: ground.db, clock: ground.timers };
  if (!demo && config.demo === 'off' && (await retireDemo(accounts)) > 0) {
    ground.log.warn({}, 'accounts with the password of the demo were closed; `user add` makes another');
  }
  if (demo) {
    await wakeDemo(accounts);
    const parts = { db: ground.db, imports: services.imports };
    await loadDemo({
      ...ground,
      ...services,
      importList: async (viewer, { content, ...list }) =>
        void (await importStream(parts, viewer, { ...list, content: Readable.from([content]) })),
    });
  }
  await engine.start();
  followCampaigns(parts);
  const robots = demo ? await seatRobots(parts) : undefined;
  await schedule.start();
  const { app, streams } = parts.web;
  const { host, port } = config;
  const server = await listen({ app, streams, timers: ground.timers, host, port });
  return { url: server.url, demo, stop: () => stop({ ...parts, server, robots }) };
}

async function compose(ground: Ground): Promise<Parts> {
  const { db, timers, log, queue } = ground;
  const presets = createPresetCatalogue(builtInPresets());
  const onDoNotCall = (e164: string) => engine.forgetNumber(e164);
  const services = composeServices({ ...ground, presets, onDoNotCall }, ground.config);
  const ears = createEngineEars(log);
  const network = simulatedNetwork(ground);
  const engine = composeDialing({
    ...ground,
    ...services,
    telephony: network.connect(),
    listener: ears,
    rhythm: { liveEveryMs: LIVE_EVERY_MS },
  });
  const standing = createStanding({ queries: db.reader, clock: timers, campaign: services.readCampaign });
  const dialer = createDialerControl({ engine, clock: timers, standing });
  ears.onChange((change) => dialer.changed(change));
  const demo = await wantsDemo(ground);
  const registry = new Registry();
  addGauges(registry, { engine, queue });
  const web = composeWeb({ ...ground, dialer, presets, registry }, services, await webSettings(ground, demo));
  handleListJobs(queue, services.imports);
  const schedule = new Schedule({ db, queue, clock: timers, log });
  addHousekeeping({ ...services, schedule, queue, db, clock: timers });
  return { ground, services, ears, engine, network, web, schedule, demo };
}

/** The engine reads again what a person, or an import, has changed. */
function followCampaigns({ ground: { events, log }, engine }: Parts): void {
  events.bus.subscribe((event) => {
    if (event.name === importEnded.name) engine.wake();
    if (event.name !== campaignChanged.name) return;
    engine
      .refresh()
      .catch((error: unknown) => log.error({ err: error }, 'campaigns could not be read again'));
  });
}

function simulatedNetwork({ timers }: Ground): SimulatedNetwork {
  return new SimulatedNetwork({
    timers,
    trunks: TRUNKS,
    accepts: isReplayNumber,
    scenarios: farEndScenarios({ model: DEFAULT_FAR_END, random: systemRandom, now: () => timers.now() }),
  });
}

async function webSettings({ config }: Ground, demo: boolean): Promise<WebSettings> {
  const { production, publicUrl, trustProxy, session } = config;
  return {
    production,
    publicUrl,
    trustProxy,
    session,
    ...(demo ? { demoPeople: DEMO_PEOPLE.map((one) => ({ ...one, password: DEMO_PASSWORD })) } : {}),
    maxUploadBytes: config.maxUploadBytes,
    secret: await resolveSecret(config),
    version: '0.1.0',
    webFolder: WEB_FOLDER,
  };
}

/** On by request, or by itself in a data directory that holds nobody yet, or nobody but the demo's people. */
async function wantsDemo({ config, db }: Ground): Promise<boolean> {
  if (config.demo !== 'ifFresh') return config.demo === 'on';
  const [row] = await db.reader.raw<{ others: number }>(
    "select count(*) as others from users where login not like 'demo-%' and robot = 0",
  );
  return row?.others === 0;
}

function seatRobots({ ground, engine, ears }: Parts): Promise<RobotAgents> {
  const { db, timers, log } = ground;
  return startRobots({
    queries: db.reader,
    door: engine,
    timers,
    random: systemRandom,
    listen: (listener) => ears.onAgentView(listener),
    onFailure: (error) => log.error({ err: error }, 'a robot agent failed'),
  });
}

async function stop(parts: Parts & { server: HttpServer; robots: RobotAgents | undefined }): Promise<void> {
  const { ground, server, robots, schedule, engine, network } = parts;
  robots?.rest();
  await server.close();
  await schedule.stop();
  // a real switch keeps its calls; this one ends with us, and the books are to say so
  for (const { id } of TRUNKS) network.failTrunk(id, 'trunkFailure', { dropCalls: true });
  await engine.stop();
  await ground.queue.stop({ drainMs: DRAIN_MS });
  await ground.events.stop();
  await ground.close();
}
