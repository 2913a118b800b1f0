import { useTranslation } from 'react-i18next';
import type { LiveAgent, LiveSnapshot } from '../../api/shapes.ts';
import { clockDuration } from '../../format/duration.ts';
import { AgentState } from '../../parts/agent-state.tsx';
import { EmptyState } from '../../parts/states.tsx';
import { useNow } from '../../session/use-now.ts';

const ORDER = ['connected', 'ringing', 'reserved', 'wrapUp', 'available', 'paused'];

/** Who is signed on, in what state, for how long; ticking. */
export function AgentsTable({ snapshot }: { snapshot: LiveSnapshot | undefined }) {
  const { t } = useTranslation();
  const now = useNow();
  const agents = [...(snapshot?.agents ?? [])].sort(byState);
  return (
    <section className="panel agents" aria-label={t('live.agents')}>
      <header>
        <h2>{t('live.agents')}</h2>
      </header>
      {agents.length === 0 ? (
        <EmptyState title={t('live.noAgents')} hint={t('live.noAgentsHint')} />
      ) : (
        <ul className="agent-grid">
          {agents.map((agent) => (
            <li key={agent.agentId}>
              <b className="agent-name">{agent.name}</b>
              <AgentState state={agent.state} reason={agent.reason} />
              <time>{clockDuration(now - agent.since)}</time>
            </li>
          ))}
        </ul>
      )}
    </section>
  );
}

function byState(a: LiveAgent, b: LiveAgent): number {
  return ORDER.indexOf(a.state) - ORDER.indexOf(b.state) || a.since - b.since;
}
