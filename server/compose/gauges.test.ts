import assert from 'node:assert/strict';
import { test } from 'node:test';
import { Registry } from 'prom-client';
import type { LiveSnapshot } from '../../dialer/engine/index.ts';
import { addGauges } from './gauges.ts';

const counts = { dialed: 9, answered: 4, connected: 3, abandoned: 1, ended: 7 };
const agent = { agentId: 'a', state: 'connected', reason: '', since: 0, attemptId: null } as const;
const floor = { campaignId: 'c1', agents: [agent], ringing: 2, waiting: 0, talking: 1, hopper: 40, counts };

async function linesOf(registry: Registry): Promise<string[]> {
  return (await registry.metrics()).split('\n').filter((line) => line !== '' && !line.startsWith('#'));
}

test('the gauges tell of the floor as it is when they are asked, and forget a campaign that is over', async () => {
  let floors = [floor as unknown as LiveSnapshot];
  const registry = new Registry();
  const jobs = {
    type: 'list.import',
    counts: { waiting: 1, delayed: 0, active: 1, completed: 5, failed: 0 },
  };
  addGauges(registry, {
    engine: { snapshots: () => floors, unwritten: 6 },
    queue: { health: async () => [{ ...jobs, lastEndedAt: undefined, stuck: false }] },
  });
  const lines = await linesOf(registry);
  for (const line of [
    'dialwright_agents{campaign="c1",state="connected"} 1',
    'dialwright_agents{campaign="c1",state="available"} 0',
    'dialwright_calls{campaign="c1",state="ringing"} 2',
    'dialwright_calls_since_start{campaign="c1",state="abandoned"} 1',
    'dialwright_leads_read_ahead{campaign="c1",state="hopper"} 40',
    'dialwright_unwritten_records 6',
    'dialwright_jobs{type="list.import",state="waiting"} 1',
  ]) {
    assert.ok(lines.includes(line), line);
  }
  floors = [];
  assert.ok(!(await linesOf(registry)).some((line) => line.includes('c1')));
});
