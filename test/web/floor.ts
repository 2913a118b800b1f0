import type { Id } from '../../platform/ids/index.ts';
import type { LiveSnapshot } from '../../server/http/dialer-control.ts';
import type { Lab } from '../server/lab.ts';
import { buildWorld, type World } from '../server/world.ts';

export interface Floor extends World {
  agentId: Id;
  saleId: Id;
  callbackId: Id;
}

/** A campaign that runs, with one lead, and an agent who may work it. */
export async function openFloor(lab: Lab): Promise<Floor> {
  const manager = await lab.as('manager');
  const world = await buildWorld(lab, {
    manager,
    marketer: await lab.as('marketer'),
    number: '+12025550111',
  });
  for (const [index, action] of ['makeReady', 'start'].entries()) {
    const path = `/campaigns/${world.campaignId}/lifecycle`;
    const answer = await manager.send('post', path, { action, version: index + 1 });
    if (answer.status !== 200) throw new Error(`${action}: ${JSON.stringify(answer.body)}`);
  }
  const { body } = await manager.get(`/campaigns/${world.campaignId}/dispositions`);
  const idOf = (code: string): Id => body.items.find((one: { code: string }) => one.code === code).id;
  const agent = await lab.as('agent');
  return { ...world, agentId: agent.userId, saleId: idOf('sale'), callbackId: idOf('callback') };
}

/** Puts the lead before the agent, to look at and dial. */
export async function showPreview(lab: Lab, floor: Floor): Promise<void> {
  await connectCall(lab, floor);
  const view = await lab.dialer.agentView(floor.agentId);
  if (!view.work) throw new Error('A desk without work');
  const work = { ...view.work, attemptId: null, callId: null, connectedAt: null, mode: 'preview' as const };
  lab.dialer.set({ ...view, state: 'reserved', endsAt: lab.timers.now() + 45_000, work });
}

/** Puts the lead's call before the agent, in talk. */
export async function connectCall(lab: Lab, floor: Floor, callId = floor.leadId): Promise<void> {
  const version = await lab.db.reader.knex('script_versions').where('script_id', floor.scriptId).first('id');
  const view = await lab.dialer.agentView(floor.agentId);
  const now = lab.timers.now();
  lab.dialer.set({
    ...view,
    state: 'connected',
    reason: '',
    since: now,
    work: {
      attemptId: callId,
      callId,
      leadId: floor.leadId,
      listId: floor.listId,
      numberOrdinal: 0,
      mode: 'progressive',
      scriptVersionId: version.id,
      connectedAt: now,
      endedAt: null,
    },
  });
}

export function snapshotOf(lab: Lab, { campaignId, agentId }: Floor): LiveSnapshot {
  const at = lab.timers.now();
  return {
    campaignId,
    at,
    agents: [{ agentId, state: 'wrapUp', reason: '', since: at - 65_000 }],
    calls: { ringing: 7, waiting: 0, connected: 5 },
    pacing: {
      mode: 'progressive',
      placed: 0,
      reason: 'no_trunk',
      linesInUse: 12,
      maxLines: 12,
      abandonRate: 0.0125,
      targetAbandonRate: 0.025,
    },
    today: { attempts: 1_234, answered: 400, connected: 396, abandoned: 4, sales: 44 },
    floor: { freeLines: 0, callerIdLeft: true, abandonBudgetSpent: false, databaseBehind: false },
  };
}
