import type {
  AgentCommand as EngineCommand,
  LiveSnapshot as EngineSnapshot,
  AgentView as EngineView,
} from '../../dialer/engine/index.ts';
import type { Clock } from '../../platform/clock/index.ts';
import type { Id } from '../../platform/ids/index.ts';
import type {
  AgentCommand,
  AgentView,
  DialerControl,
  LiveChange,
  LiveSnapshot,
} from '../http/dialer-control.ts';

/** The part of the engine that the web uses. */
export interface EngineDoor {
  signIn(signIn: { agentId: Id; vendorId: Id; teamId: Id; campaignId: Id }): Promise<EngineView>;
  command(agentId: Id, command: EngineCommand): Promise<EngineView>;
  agentView(agentId: Id): EngineView | undefined;
  snapshot(campaignId: Id): EngineSnapshot | undefined;
}

export interface ControlParts {
  engine: EngineDoor;
  clock: Clock;
  /** The campaign's numbers since its local midnight, and how its abandon rate stands in its legal window. */
  standing(campaignId: Id): Promise<Standing>;
}

export interface Standing {
  today: LiveSnapshot['today'];
  abandonRate: number;
  targetAbandonRate: number;
  maxLines: number;
}

export interface LocalDialerControl extends DialerControl {
  /** To be called with every change that the engine tells of. */
  changed(change: LiveChange): void;
}

/** The engine of this very process, as the web asks for it. */
export function createDialerControl({ engine, clock, standing }: ControlParts): LocalDialerControl {
  const listeners = new Set<(change: LiveChange) => void>();
  const signedOff = (agentId: Id): AgentView => ({
    agentId,
    sessionId: null,
    campaignId: null,
    state: 'signedOff',
    reason: '',
    since: clock.now(),
    endsAt: null,
    canExtend: false,
    work: null,
  });
  return {
    async agentCommand(agentId, command) {
      if (command.type === 'start') return viewOf(await engine.signIn({ agentId, ...command }));
      await engine.command(agentId, toEngine(command));
      const view = engine.agentView(agentId);
      return view ? viewOf(view) : signedOff(agentId);
    },
    async agentView(agentId) {
      const view = engine.agentView(agentId);
      return view ? viewOf(view) : signedOff(agentId);
    },
    async liveSnapshot(campaignId) {
      const snapshot = engine.snapshot(campaignId);
      return snapshot && liveOf(snapshot, await standing(campaignId));
    },
    onChange(listener) {
      listeners.add(listener);
      return () => listeners.delete(listener);
    },
    changed(change) {
      for (const listener of listeners) listener(change);
    },
  };
}

function toEngine(command: Exclude<AgentCommand, { type: 'start' }>): EngineCommand {
  switch (command.type) {
    case 'end':
      return { type: 'signOut' };
    case 'previewDial':
      return { type: 'dialPreview' };
    case 'previewSkip':
      return { type: 'skipPreview', reason: command.reason };
    default:
      return command;
  }
}

function viewOf(view: EngineView): AgentView {
  const { agentId, sessionId, campaignId, reason, since, until, state } = view;
  return {
    agentId,
    sessionId,
    campaignId,
    state: state === 'loggedOut' ? 'signedOff' : state,
    reason,
    since,
    endsAt: until,
    canExtend: state === 'wrapUp' && !view.wrapUpExtended,
    work: workOf(view),
  };
}

function workOf(view: EngineView): AgentView['work'] {
  const { leadId, listId, numberOrdinal } = view;
  if (leadId === null || listId === null || numberOrdinal === null) return null;
  return {
    attemptId: view.attemptId,
    callId: view.callId,
    leadId,
    listId,
    numberOrdinal,
    mode: view.mode,
    scriptVersionId: view.scriptVersionId,
    connectedAt: view.connectedAt,
    endedAt: view.talkEndedAt,
  };
}

function liveOf(snapshot: EngineSnapshot, standing: Standing): LiveSnapshot {
  const { campaignId, at, agents, ringing, waiting, talking, mode, boundBy, counts } = snapshot;
  return {
    campaignId,
    at,
    agents: agents.map(({ agentId, state, reason, since }) => ({ agentId, state, reason, since })),
    calls: { ringing, waiting, connected: talking },
    pacing: {
      mode,
      placed: counts.dialed,
      reason: boundBy,
      linesInUse: ringing + waiting + talking,
      maxLines: standing.maxLines,
      abandonRate: standing.abandonRate,
      targetAbandonRate: standing.targetAbandonRate,
    },
    today: standing.today,
    floor: {
      freeLines: snapshot.freeTrunkLines,
      callerIdLeft: snapshot.callerIdLeft,
      abandonBudgetSpent: snapshot.pacing?.boundBy === 'budget',
      databaseBehind: boundBy === 'database_behind',
    },
  };
}
