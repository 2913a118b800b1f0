import type { ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import type { LiveSnapshot } from '../../api/shapes.ts';
import { share } from '../../format/figures.ts';
import { useFormat } from '../../parts/use-format.ts';
import { abandonRoom, rateTone } from './abandon-room.ts';

const STATES = ['available', 'reserved', 'ringing', 'connected', 'wrapUp', 'paused'] as const;

/** The floor at this moment, and the day so far. */
export function LiveNumbers({ snapshot }: { snapshot: LiveSnapshot | undefined }) {
  const { t } = useTranslation();
  const { whole } = useFormat();
  const calls = snapshot?.running ? snapshot.calls : undefined;
  return (
    <div className="numbers">
      <section className="panel" aria-label={t('live.agents')}>
        <h2>
          {t('live.agents')} <b>{whole(snapshot?.agents.length)}</b>
        </h2>
        <AgentBar snapshot={snapshot} />
      </section>
      <section className="panel" aria-label={t('live.now')}>
        <h2>{t('live.now')}</h2>
        <dl>
          <Figure name={t('live.ringing')} value={whole(calls?.ringing)} tone="ringing" />
          <Figure name={t('live.waiting')} value={whole(calls?.waiting)} tone={calls?.waiting ? 'bad' : ''} />
          <Figure name={t('live.talking')} value={whole(calls?.connected)} tone="connected" />
        </dl>
      </section>
      <TodayNumbers snapshot={snapshot} />
      <AbandonMeter snapshot={snapshot} />
    </div>
  );
}

function Figure({
  name,
  value,
  tone = '',
  note,
}: {
  name: string;
  value: string;
  tone?: string;
  note?: ReactNode;
}) {
  return (
    <div className={tone && `tone-${tone}`}>
      <dt>
        {name} {note}
      </dt>
      <dd>{value}</dd>
    </div>
  );
}

function AgentBar({ snapshot }: { snapshot: LiveSnapshot | undefined }) {
  const { t } = useTranslation();
  const counts = STATES.map((state) => ({
    state,
    count: snapshot?.agents.filter((agent) => agent.state === state).length ?? 0,
  }));
  return (
    <>
      <div className="agent-bar" aria-hidden="true">
        {counts.map(
          ({ state, count }) =>
            count > 0 && <i key={state} className={`fill-${state}`} style={{ flexGrow: count }} />,
        )}
      </div>
      <ul className="agent-legend">
        {counts.map(({ state, count }) => (
          <li key={state} className={count === 0 ? 'faint' : ''}>
            <i className={`fill-${state}`} aria-hidden="true" />
            {t(`codes.agentState.${state}`)} <b>{count}</b>
          </li>
        ))}
      </ul>
    </>
  );
}

function TodayNumbers({ snapshot }: { snapshot: LiveSnapshot | undefined }) {
  const { t } = useTranslation();
  const { whole, percent } = useFormat();
  const today = snapshot?.today;
  const rate = (part: number | undefined, of: number | undefined) =>
    part === undefined || of === undefined ? undefined : percent(share(part, of));
  return (
    <section className="panel" aria-label={t('live.today')}>
      <h2>{t('live.today')}</h2>
      <dl>
        <Figure name={t('live.dialed')} value={whole(today?.attempts)} />
        <Figure
          name={t('live.answered')}
          value={whole(today?.answered)}
          note={rate(today?.answered, today?.attempts)}
        />
        <Figure name={t('live.connected')} value={whole(today?.connected)} />
        <Figure
          name={t('live.sales')}
          value={whole(today?.sales)}
          note={rate(today?.sales, today?.connected)}
          tone="good"
        />
      </dl>
    </section>
  );
}

/** The abandon rate beside its limit; the law's number comes from the pacer, the room from today's calls. */
function AbandonMeter({ snapshot }: { snapshot: LiveSnapshot | undefined }) {
  const { t } = useTranslation();
  const { percent, whole } = useFormat();
  const pacing = snapshot?.pacing;
  const today = snapshot?.today;
  const rate = pacing?.abandonRate ?? 0;
  const limit = pacing?.targetAbandonRate ?? 0;
  const room = today && pacing ? abandonRoom(today, limit) : undefined;
  const filled = limit > 0 ? Math.min(1, rate / limit) : 0;
  return (
    <section
      className={`panel abandon tone-${pacing ? rateTone(rate, limit) : ''}`}
      aria-label={t('live.abandonRate')}
    >
      <h2>{t('live.abandonRate')}</h2>
      <div className="abandon-rate">
        <b>{percent(pacing ? rate : null, 2)}</b>
        <span>{t('live.ofLimit', { limit: percent(pacing ? limit : null, 1) })}</span>
      </div>
      <div className="meter" aria-hidden="true">
        <i style={{ width: `${filled * 100}%` }} />
      </div>
      <p>
        {t('live.abandonedToday', { abandoned: whole(today?.abandoned) })}
        <span>
          {room === undefined
            ? ''
            : room >= 0
              ? t('live.room', { room: whole(room) })
              : t('live.overBy', { over: whole(-room) })}
        </span>
      </p>
    </section>
  );
}
