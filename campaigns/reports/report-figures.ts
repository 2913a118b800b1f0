import type { Measure, Measures } from './measures.ts';

/** What a line of the report tells. Rates are fractions; null where nothing could be divided. */
export interface Figures {
  /** Leads on the lists, for lines that stand for whole lists or campaigns; null elsewhere. */
  leads: number | null;
  attempts: number;
  attemptedLeads: number;
  answered: number;
  contacts: number;
  contactedLeads: number;
  rightPersons: number;
  sales: number;
  refusals: number;
  callbacks: number;
  doNotCalls: number;
  abandoned: number;
  hungUpWaiting: number;
  machines: number;
  noAnswers: number;
  busies: number;
  rejections: number;
  invalids: number;
  failures: number;
  ringMs: number;
  waitMs: number;
  talkMs: number;
  wrapUpMs: number;
  /** Attempted leads ÷ leads. */
  penetration: number | null;
  /** Contacts ÷ attempts. */
  contactRate: number | null;
  /** Contacted leads ÷ attempted leads. */
  leadContactRate: number | null;
  /** Right persons ÷ contacts. */
  rightPersonRate: number | null;
  /** Sales ÷ contacts. */
  conversionRate: number | null;
  /** Sales ÷ leads. */
  listConversionRate: number | null;
  attemptsPerContact: number | null;
  /** Abandoned ÷ answered, those who hung up while waiting in neither; the law's own windows are apart. */
  abandonRate: number | null;
  averageTalkMs: number | null;
  averageWrapUpMs: number | null;
}

const COUNT_OF = {
  attempts: 'attempts',
  attemptedLeads: 'first_attempts',
  answered: 'answered',
  contacts: 'connected',
  contactedLeads: 'first_contacts',
  rightPersons: 'right_person',
  sales: 'sales',
  refusals: 'refusals',
  callbacks: 'callbacks',
  doNotCalls: 'do_not_calls',
  abandoned: 'abandoned',
  hungUpWaiting: 'hung_up_waiting',
  machines: 'machines',
  noAnswers: 'no_answers',
  busies: 'busies',
  rejections: 'rejections',
  invalids: 'invalids',
  failures: 'failures',
  ringMs: 'ring_ms',
  waitMs: 'wait_ms',
  talkMs: 'talk_ms',
  wrapUpMs: 'wrap_up_ms',
} as const satisfies Record<string, Measure>;

type Counts = Record<keyof typeof COUNT_OF, number>;

/** The line of these sums. */
export function figuresOf(sums: Measures, leads: number | null): Figures {
  const counts = Object.fromEntries(
    Object.entries(COUNT_OF).map(([name, measure]) => [name, sums[measure] ?? 0]),
  ) as Counts;
  const { attempts, contacts, attemptedLeads, contactedLeads, sales } = counts;
  return {
    leads,
    ...counts,
    penetration: share(attemptedLeads, leads),
    contactRate: share(contacts, attempts),
    leadContactRate: share(contactedLeads, attemptedLeads),
    rightPersonRate: share(counts.rightPersons, contacts),
    conversionRate: share(sales, contacts),
    listConversionRate: share(sales, leads),
    attemptsPerContact: share(attempts, contacts),
    abandonRate: share(counts.abandoned, counts.answered - counts.hungUpWaiting),
    averageTalkMs: share(counts.talkMs, contacts),
    averageWrapUpMs: share(counts.wrapUpMs, contacts),
  };
}

function share(part: number, whole: number | null): number | null {
  return whole === null || whole === 0 ? null : part / whole;
}
