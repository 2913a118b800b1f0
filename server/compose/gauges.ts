import { Gauge, type Registry } from 'prom-client';
import type { LiveSnapshot } from '../../dialer/engine/index.ts';
import type { Queue } from '../../platform/queue/index.ts';

export interface GaugeSources {
  engine: { snapshots(): LiveSnapshot[]; readonly unwritten: number };
  queue: Pick<Queue, 'health'>;
}

const AGENT_STATES = ['available', 'reserved', 'ringing', 'connected', 'wrapUp', 'paused'] as const;
const JOB_STATES = ['waiting', 'active', 'failed'] as const;

/** What this process dials and works off now, read when Prometheus asks. Labels hold ids and codes, no names. */
export function addGauges(registry: Registry, { engine, queue }: GaugeSources): void {
  const perFloor = (name: string, help: string, valuesOf: (floor: LiveSnapshot) => Record<string, number>) =>
    addFloorGauge(registry, { name, help, floors: () => engine.snapshots(), valuesOf });
  perFloor('agents', 'Agents signed on', agentsByState);
  perFloor('calls', 'Live calls', ({ ringing, waiting, talking }) => ({ ringing, waiting, talking }));
  perFloor('calls_since_start', 'Calls since this process began to dial', ({ counts }) => ({ ...counts }));
  perFloor('leads_read_ahead', 'Leads ready to be dialed', ({ hopper }) => ({ hopper }));
  new Gauge({
    name: 'dialwright_unwritten_records',
    help: 'What has happened on the phone and is not on disk yet',
    registers: [registry],
    collect() {
      this.set(engine.unwritten);
    },
  });
  addJobGauge(registry, queue);
}

function agentsByState({ agents }: LiveSnapshot): Record<string, number> {
  const counts = AGENT_STATES.map((state) => [state, agents.filter((one) => one.state === state).length]);
  return Object.fromEntries(counts);
}

interface FloorGauge {
  name: string;
  help: string;
  floors: () => LiveSnapshot[];
  valuesOf: (floor: LiveSnapshot) => Record<string, number>;
}

function addFloorGauge(registry: Registry, { name, help, floors, valuesOf }: FloorGauge): void {
  new Gauge({
    name: `dialwright_${name}`,
    help: `${help}, by campaign and state`,
    labelNames: ['campaign', 'state'],
    registers: [registry],
    collect() {
      this.reset(); // a campaign that is over is not told of for ever
      for (const floor of floors()) {
        for (const [state, value] of Object.entries(valuesOf(floor))) {
          this.set({ campaign: floor.campaignId, state }, value);
        }
      }
    },
  });
}

function addJobGauge(registry: Registry, queue: GaugeSources['queue']): void {
  new Gauge({
    name: 'dialwright_jobs',
    help: 'Jobs, by type and state',
    labelNames: ['type', 'state'],
    registers: [registry],
    async collect() {
      for (const { type, counts } of await queue.health()) {
        for (const state of JOB_STATES) this.set({ type, state }, counts[state]);
      }
    },
  });
}
