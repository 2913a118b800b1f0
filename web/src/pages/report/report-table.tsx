import { useTranslation } from 'react-i18next';
import type { Report } from '../../api/shapes.ts';
import { clockDuration } from '../../format/duration.ts';
import { NO_FIGURE } from '../../format/figures.ts';
import { useFormat } from '../../parts/use-format.ts';
import type { Figures, ReportGroup, ReportLine } from './report-measures.ts';

type Format = ReturnType<typeof useFormat>;

interface Column {
  key: string;
  cell(figures: Figures, format: Format): string;
}

const ms = (value: number | null) => (value === null ? NO_FIGURE : clockDuration(value));

const COLUMNS: readonly Column[] = [
  { key: 'leads', cell: ({ leads }, { whole }) => whole(leads) },
  { key: 'attemptedLeads', cell: ({ attemptedLeads }, { whole }) => whole(attemptedLeads) },
  { key: 'attempts', cell: ({ attempts }, { whole }) => whole(attempts) },
  { key: 'contacts', cell: ({ contacts }, { whole }) => whole(contacts) },
  { key: 'contactRate', cell: ({ contactRate }, { percent }) => percent(contactRate) },
  { key: 'rightPersons', cell: ({ rightPersons }, { whole }) => whole(rightPersons) },
  { key: 'sales', cell: ({ sales }, { whole }) => whole(sales) },
  { key: 'conversionRate', cell: ({ conversionRate }, { percent }) => percent(conversionRate, 2) },
  { key: 'attemptsPerContact', cell: ({ attemptsPerContact }, { decimal }) => decimal(attemptsPerContact) },
  { key: 'talk', cell: ({ talkMs }) => clockDuration(talkMs) },
  { key: 'averageTalk', cell: ({ averageTalkMs }) => ms(averageTalkMs) },
  { key: 'averageWrapUp', cell: ({ averageWrapUpMs }) => ms(averageWrapUpMs) },
  { key: 'abandonRate', cell: ({ abandonRate }, { percent }) => percent(abandonRate, 2) },
];

export function ReportTable({ report, groupBy }: { report: Report; groupBy: ReportGroup }) {
  const { t } = useTranslation();
  const format = useFormat();
  const cells = (figures: Figures) =>
    COLUMNS.map(({ key, cell }) => <td key={key}>{cell(figures, format)}</td>);
  return (
    <section className="panel report-table">
      <table>
        <thead>
          <tr>
            <th scope="col">{t(`report.group.${groupBy}`)}</th>
            {COLUMNS.map(({ key }) => (
              <th key={key} scope="col">
                {t(`report.column.${key}`)}
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          {report.lines.map((line) => (
            <tr key={line.key[groupBy] ?? ''}>
              <th scope="row">{labelOf(line, groupBy) || t('report.without')}</th>
              {cells(line)}
            </tr>
          ))}
        </tbody>
        <tfoot>
          <tr>
            <th scope="row">{t('report.total')}</th>
            {cells(report.total)}
          </tr>
        </tfoot>
      </table>
    </section>
  );
}

/** A name; an hour as `2026-11-22 18:00`, an hour of the day as `18:00`. Empty: calls that had none. */
function labelOf({ key, names }: ReportLine, groupBy: ReportGroup): string {
  const own = key[groupBy] ?? '';
  if (groupBy === 'hour') return `${own.replace('T', ' ')}:00`;
  return groupBy === 'hourOfDay' ? `${own}:00` : (names[groupBy] ?? own);
}
