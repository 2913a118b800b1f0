import type { Clock } from '../../platform/clock/index.ts';
import { DomainError } from '../../platform/errors/index.ts';
import type { Id } from '../../platform/ids/index.ts';
import type {
  AgentCommand,
  AgentView,
  DialerControl,
  LiveChange,
  LiveSnapshot,
} from '../../server/http/dialer-control.ts';

/** An engine that does what it is told and remembers it. */
export class FakeDialer implements DialerControl {
  readonly commands: { agentId: Id; command: AgentCommand }[] = [];
  readonly views = new Map<Id, AgentView>();
  readonly live = new Map<Id, LiveSnapshot>();
  readonly #listeners = new Set<(change: LiveChange) => void>();
  readonly #clock: Clock;

  constructor(clock: Clock) {
    this.#clock = clock;
  }

  async agentCommand(agentId: Id, command: AgentCommand): Promise<AgentView> {
    this.commands.push({ agentId, command });
    const view = await this.agentView(agentId);
    if (command.type === 'start') {
      const { campaignId } = command;
      return this.set({
        ...view,
        sessionId: '01hf3k9z8v0a2b4c6d8e',
        campaignId,
        state: 'paused',
        reason: 'start',
      });
    }
    if (view.sessionId === null)
      throw new DomainError('conflict', 'not_signed_on', 'Start on a campaign first');
    if (command.type === 'end') return this.set(this.#signedOff(agentId));
    if (command.type === 'ready') return this.set({ ...view, state: 'available', reason: '' });
    if (command.type === 'pause') return this.set({ ...view, state: 'paused', reason: command.reason });
    return view;
  }

  async agentView(agentId: Id): Promise<AgentView> {
    return this.views.get(agentId) ?? this.#signedOff(agentId);
  }

  async liveSnapshot(campaignId: Id): Promise<LiveSnapshot | undefined> {
    return this.live.get(campaignId);
  }

  onChange(listener: (change: LiveChange) => void): () => void {
    this.#listeners.add(listener);
    return () => this.#listeners.delete(listener);
  }

  get listeners(): number {
    return this.#listeners.size;
  }

  /** Puts an agent into a state and tells who listens. */
  set(view: AgentView): AgentView {
    this.views.set(view.agentId, view);
    for (const listener of this.#listeners) listener({ type: 'agent', agentId: view.agentId });
    return view;
  }

  #signedOff(agentId: Id): AgentView {
    return {
      agentId,
      sessionId: null,
      campaignId: null,
      state: 'signedOff',
      reason: '',
      since: this.#clock.now(),
      endsAt: null,
      canExtend: false,
      work: null,
    };
  }
}
