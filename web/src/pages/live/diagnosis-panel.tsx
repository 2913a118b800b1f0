import { useQuery } from '@tanstack/react-query';
import { useTranslation } from 'react-i18next';
import type { CampaignSummary, Diagnosis, LiveSnapshot } from '../../api/shapes.ts';
import { Awaiting, EmptyState } from '../../parts/states.tsx';
import { useCodeText } from '../../parts/use-code-text.ts';
import { useFormat } from '../../parts/use-format.ts';
import { useServices } from '../../session/services.tsx';
import { type DiagnosisRow, diagnosisRows, missingLeads, standsStill } from './diagnosis-parts.ts';

interface DiagnosisPanelProps {
  campaign: CampaignSummary;
  snapshot: LiveSnapshot | undefined;
}

/** Why is nobody being dialed: all leads, split by the first thing that holds each back. */
export function DiagnosisPanel({ campaign, snapshot }: DiagnosisPanelProps) {
  const { t } = useTranslation();
  const { api } = useServices();
  const { id: campaignId, timeZone } = campaign;
  const query = useQuery({
    queryKey: ['campaigns', campaignId, 'diagnosis'],
    queryFn: ({ signal }) =>
      api.call('GET /campaigns/{campaignId}/diagnosis', { params: { campaignId }, signal }),
    refetchInterval: 5_000,
  });
  const { data } = query;
  return (
    <section className="panel diagnosis" aria-label={t('live.why')}>
      <header>
        <h2>{t('live.why')}</h2>
      </header>
      <Awaiting query={query} />
      {data?.leads === 0 && <EmptyState title={t('live.noLeads')} />}
      {data && data.leads > 0 && (
        <Parts diagnosis={data} timeZone={timeZone} bound={snapshot?.pacing?.reason} />
      )}
    </section>
  );
}

interface PartsProps {
  diagnosis: Diagnosis;
  timeZone: string;
  /** What the pacer's last decision was bound by. */
  bound: string | undefined;
}

function Parts({ diagnosis, timeZone, bound }: PartsProps) {
  const { t } = useTranslation();
  const text = useCodeText();
  const { whole, percent, dateTime } = useFormat();
  const rows = diagnosisRows(diagnosis);
  const missing = missingLeads(diagnosis);
  return (
    <div className="parts">
      <Verdict rows={rows} bound={bound} />
      <div className="agent-bar" aria-hidden="true">
        {rows.map((row) => (
          <i key={row.key} className={`part-${row.tone}`} style={{ flexGrow: row.leads }} />
        ))}
      </div>
      <table>
        <tbody>
          {rows.map((row) => (
            <tr key={row.key}>
              <th scope="row">
                <i className={`part-mark part-${row.tone}`} aria-hidden="true" />
                {text.code('hold', row.code)}
                {row.more && <small>{text.code(row.more.kind, row.more.code)}</small>}
                {row.zones && <small>{row.zones.replaceAll('|', ' / ')}</small>}
                {row.opensAt && <small>{t('live.until', { at: dateTime(row.opensAt, timeZone) })}</small>}
              </th>
              <td>{whole(row.leads)}</td>
              <td className="faint">{percent(row.share)}</td>
            </tr>
          ))}
        </tbody>
        <tfoot>
          <tr>
            <th scope="row">{t('live.allLeads')}</th>
            <td>{whole(diagnosis.leads)}</td>
            <td />
          </tr>
        </tfoot>
      </table>
      {missing !== 0 && (
        <p className="problem-line" role="alert">
          {t('live.partsDoNotSum', { missing: whole(missing) })}
        </p>
      )}
    </div>
  );
}

/** In one sentence: what stops the campaign, or what bounds its pace. */
function Verdict({ rows, bound }: { rows: readonly DiagnosisRow[]; bound: string | undefined }) {
  const { t } = useTranslation();
  const text = useCodeText();
  const first = rows.find(({ tone }) => tone !== 'never');
  if (!first) return <p className="verdict">{t('live.allDone')}</p>;
  if (standsStill(rows)) {
    return (
      <p className="verdict verdict-still">
        {t('live.standsStill', { reason: text.code('hold', first.code) })}
      </p>
    );
  }
  return bound ? (
    <p className="verdict">{t('live.paceBoundBy', { reason: text.code('bound', bound) })}</p>
  ) : null;
}
