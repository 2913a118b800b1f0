import type { AgentView, EngineListener } from '../../dialer/engine/index.ts';
import type { Logger } from '../../platform/log/index.ts';
import type { LiveChange } from '../http/dialer-control.ts';

/** Whoever wants to hear of changes; joined after the engine is built, since they talk to it too. */
export interface EngineEars extends EngineListener {
  onAgentView(listener: (view: AgentView) => void): void;
  onChange(listener: (change: LiveChange) => void): void;
}

/** Hands what the engine tells to the web's screens and the robots, and its failures to the log. */
export function createEngineEars(log: Logger): EngineEars {
  const views: ((view: AgentView) => void)[] = [];
  const changes: ((change: LiveChange) => void)[] = [];
  return {
    onAgentView: (listener) => void views.push(listener),
    onChange: (listener) => void changes.push(listener),
    agentChanged(view) {
      for (const listener of views) listener(view);
      for (const listener of changes) listener({ type: 'agent', agentId: view.agentId });
    },
    liveChanged({ campaignId }) {
      for (const listener of changes) listener({ type: 'campaign', campaignId });
    },
    failed(what, error, context) {
      log.error({ err: error, ...context, what }, 'the dialer met an error; see docs/architecture.md');
    },
  };
}
