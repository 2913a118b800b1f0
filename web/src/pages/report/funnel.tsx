import { useTranslation } from 'react-i18next';
import { clockDuration } from '../../format/duration.ts';
import { NO_FIGURE } from '../../format/figures.ts';
import { useFormat } from '../../parts/use-format.ts';
import { type Figures, funnelOf } from './report-measures.ts';

/** List → attempted → contacted → right person → sale, and what it took. */
export function Funnel({ total }: { total: Figures }) {
  const { t } = useTranslation();
  const { whole, percent, decimal } = useFormat();
  const ms = (value: number | null) => (value === null ? NO_FIGURE : clockDuration(value));
  const facts: [string, string][] = [
    ['conversionRate', percent(total.conversionRate, 2)],
    ['attemptsPerContact', decimal(total.attemptsPerContact)],
    ['averageTalk', ms(total.averageTalkMs)],
    ['averageWrapUp', ms(total.averageWrapUpMs)],
    ['abandonRate', percent(total.abandonRate, 2)],
  ];
  return (
    <section className="panel funnel" aria-label={t('report.funnel')}>
      <ol>
        {funnelOf(total).map(({ key, count, width, ofBefore }) => (
          <li key={key}>
            <span>{t(`report.stage.${key}`)}</span>
            <i style={{ width: `${width * 100}%` }} aria-hidden="true" />
            <b>{whole(count)}</b>
            <small>{ofBefore === null ? '' : percent(ofBefore)}</small>
          </li>
        ))}
      </ol>
      <dl>
        {facts.map(([key, value]) => (
          <div key={key}>
            <dt>{t(`report.column.${key}`)}</dt>
            <dd>{value}</dd>
          </div>
        ))}
      </dl>
    </section>
  );
}
