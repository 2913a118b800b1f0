import { useTranslation } from 'react-i18next';
import type { AgentWork, DeskView, LeadCard } from '../../api/shapes.ts';
import { clockDuration } from '../../format/duration.ts';
import { useCodeText } from '../../parts/use-code-text.ts';
import { useFormat } from '../../parts/use-format.ts';
import { customerFields, customerName, numberCalled } from './customer.ts';

interface CustomerPanelProps {
  card: LeadCard;
  work: AgentWork;
  campaign: DeskView['campaign'];
}

const SHOWN_ATTEMPTS = 4;

/** Who is on the line: name, masked number, what the list says, what happened before. */
export function CustomerPanel({ card, work, campaign }: CustomerPanelProps) {
  const { t } = useTranslation();
  const text = useCodeText();
  return (
    <section className="panel customer" aria-label={t('desk.customer')}>
      <div className="customer-head">
        <h1>{customerName(card) ?? t('desk.noName')}</h1>
        <span>{numberCalled(card, work.numberOrdinal)}</span>
      </div>
      <dl className="customer-fields">
        {customerFields(card).map(({ name, value, own }) => (
          <div key={`${own}${name}`}>
            <dt>{own ? name : text.code('field', name)}</dt>
            <dd>{own ? value : text.code('value', value)}</dd>
          </div>
        ))}
      </dl>
      <History card={card} work={work} campaign={campaign} />
    </section>
  );
}

function History({ card, work, campaign }: CustomerPanelProps) {
  const { t } = useTranslation();
  const text = useCodeText();
  const { dateTime } = useFormat();
  const past = card.history.filter((one) => one.attemptId !== work.attemptId && one.outcome !== null);
  return (
    <div className="customer-history">
      <h2>{t('desk.before')}</h2>
      {past.length === 0 && <p className="faint">{t('desk.firstTime')}</p>}
      <ul>
        {past.slice(0, SHOWN_ATTEMPTS).map((one) => (
          <li key={one.attemptId}>
            <span className="history-at">{dateTime(one.at, campaign?.timeZone)}</span>
            <span>
              {text.code('outcome', one.outcome ?? '')}
              {one.talkMs ? ` · ${clockDuration(one.talkMs)}` : ''}
            </span>
            {one.note && <q>{one.note}</q>}
          </li>
        ))}
      </ul>
    </div>
  );
}
