import type { Diagnosis } from '../../api/shapes.ts';

type Part = Diagnosis['parts'][number];

/** What becomes of these leads: dialed now, later by themselves, only when somebody acts, or never. */
export type PartTone = 'now' | 'later' | 'act' | 'never';

export interface DiagnosisRow {
  /** Unlike any other row's. */
  key: string;
  code: string;
  leads: number;
  /** Of all leads; 0 to 1. */
  share: number;
  tone: PartTone;
  /** The places that are closed; `|` between the zones that a lead may be in. */
  zones: string | undefined;
  /** When time alone changes it; UTC ms. */
  opensAt: number | undefined;
  /** Codes that say more, with the kind of code they are. */
  more: { kind: 'outcome' | 'leadReason' | 'campaignState'; code: string } | undefined;
}

const TONES: Record<string, PartTone> = {
  next_in_line: 'now',
  being_dialed: 'now',
  in_call: 'now',
  awaiting_disposition: 'now',
  outside_window: 'later',
  retry_wait: 'later',
  callback_promised: 'later',
  agent_promised: 'later',
  agents_busy: 'later',
  number_in_use: 'later',
  held_by_rule: 'later',
  at_cap: 'later',
  abandon_budget_spent: 'later',
  database_behind: 'later',
  do_not_call: 'never',
  suppressed: 'never',
  done: 'never',
};

const ORDER: PartTone[] = ['now', 'act', 'later', 'never'];

/** The parts as rows: what can be dialed first, then what somebody can change, what waits, what is over. */
export function diagnosisRows({ leads, parts }: Diagnosis): DiagnosisRow[] {
  return parts
    .filter((part) => part.leads > 0)
    .map((part) => rowOf(part, leads))
    .sort((a, b) => ORDER.indexOf(a.tone) - ORDER.indexOf(b.tone) || b.leads - a.leads);
}

function rowOf(part: Part, leads: number): DiagnosisRow {
  const { code, params } = part;
  const { zoneKey, opensAt } = params;
  return {
    key: `${code} ${JSON.stringify(params)}`,
    code,
    leads: part.leads,
    share: leads > 0 ? part.leads / leads : 0,
    tone: usedUp(part) ? 'never' : (TONES[code] ?? 'act'),
    zones: typeof zoneKey === 'string' ? zoneKey : undefined,
    opensAt: typeof opensAt === 'number' ? opensAt : undefined,
    more: moreOf(params),
  };
}

/** A cap on frequency opens again; one on attempts does not. */
function usedUp({ code, params }: Part): boolean {
  return code === 'at_cap' && params.cap !== 'frequency';
}

function moreOf({ after, cap, reason, result, state }: Part['params']): DiagnosisRow['more'] {
  if (typeof after === 'string') return { kind: 'outcome', code: after };
  if (typeof state === 'string') return { kind: 'campaignState', code: state };
  const code = cap ?? reason ?? result;
  return typeof code === 'string' ? { kind: 'leadReason', code } : undefined;
}

/** The parts must make up the whole; anything else is a fault that the page shows rather than hides. */
export function missingLeads({ leads, parts }: Diagnosis): number {
  return leads - parts.reduce((sum, part) => sum + part.leads, 0);
}

/** Whether nothing can be dialed now although leads are left. */
export function standsStill(rows: readonly DiagnosisRow[]): boolean {
  const left = rows.some(({ tone }) => tone !== 'never');
  return left && !rows.some(({ tone }) => tone === 'now');
}
