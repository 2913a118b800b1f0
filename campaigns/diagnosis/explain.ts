import type { PlaceHours } from '../leads/index.ts';

/** Why is nobody being dialed: every lead of a campaign put to the first thing that holds it back. Pure. */

export interface TalliedLeads {
  listId: string;
  /** Leads of a stopped list are not dialed. */
  listActive: boolean;
  state: string;
  reason: string;
  zoneKey: string;
  n: number;
}

/** What of the campaign's floor holds back leads that are otherwise ready. */
export interface FloorFacts {
  campaignState: 'draft' | 'ready' | 'running' | 'paused' | 'finished' | 'archived';
  /** Agents with an open session on the campaign, and those of them who can take a call now. */
  agentsSignedIn: number;
  agentsAvailable: number;
  /** Free lines of all trunks that the campaign may use. */
  freeLines: number;
  /** Whether a caller ID has room under its daily cap. */
  callerIdLeft: boolean;
  /** No further call may be risked before more are answered by agents. */
  abandonBudgetSpent: boolean;
  /** What has happened is not yet on disk, so nothing new is dialed. */
  databaseBehind: boolean;
}

/** What holds leads back; a client says it in its own language. */
export type HoldCode =
  | 'campaign_not_running'
  | 'list_stopped'
  | 'outside_window'
  | 'agent_promised'
  | 'no_agents'
  | 'agents_busy'
  | 'no_caller_id'
  | 'no_trunk'
  | 'abandon_budget_spent'
  | 'database_behind'
  | 'next_in_line'
  | 'retry_wait'
  | 'callback_promised'
  | 'number_in_use'
  | 'at_cap'
  | 'held_by_rule'
  | 'being_dialed'
  | 'in_call'
  | 'awaiting_disposition'
  | 'do_not_call'
  | 'suppressed'
  | 'done';

export interface Part {
  code: HoldCode;
  params: Record<string, string | number | null>;
  leads: number;
}

export interface Explanation {
  leads: number;
  /** The largest first; they add up to `leads`. */
  parts: Part[];
}

export interface ExplainInput {
  tallies: readonly TalliedLeads[];
  hours: ReadonlyMap<string, PlaceHours>;
  floor: FloorFacts;
}

/** Splits the leads by what holds each back first. A place of which no hours are known counts as closed. */
export function explain({ tallies, hours, floor }: ExplainInput): Explanation {
  const parts = new Map<string, Part>();
  let leads = 0;
  for (const tally of tallies) {
    leads += tally.n;
    const { code, params } = holdOf(tally, hours.get(tally.zoneKey) ?? { open: false, opensAt: null }, floor);
    const key = `${code} ${JSON.stringify(params)}`;
    const part = parts.get(key);
    if (part) part.leads += tally.n;
    else parts.set(key, { code, params, leads: tally.n });
  }
  const sorted = [...parts.values()]
    .filter((part) => part.leads !== 0)
    .sort((a, b) => b.leads - a.leads || (a.code < b.code ? -1 : 1));
  return { leads, parts: sorted };
}

type Hold = Omit<Part, 'leads'>;

function holdOf(tally: TalliedLeads, place: PlaceHours, floor: FloorFacts): Hold {
  switch (tally.state) {
    case 'waiting':
      return tally.reason === 'callback'
        ? hold('callback_promised')
        : hold('retry_wait', { after: tally.reason });
    case 'held':
      return heldBy(tally, place);
    case 'claimed':
      return hold('being_dialed');
    case 'inCall':
      return hold(tally.reason === 'awaitingDisposition' ? 'awaiting_disposition' : 'in_call');
    case 'suppressed':
      return tally.reason === 'do_not_call'
        ? hold('do_not_call')
        : hold('suppressed', { reason: tally.reason });
    case 'done':
      return finishedAs(tally.reason);
    default:
      return readyBut(tally, place, floor);
  }
}

function hold(code: HoldCode, params: Part['params'] = {}): Hold {
  return { code, params };
}

/** By the gate, when the lead's turn came. */
function heldBy({ reason, zoneKey }: TalliedLeads, { opensAt }: PlaceHours): Hold {
  if (reason === 'outside_window') return hold('outside_window', { zoneKey, opensAt });
  if (reason === 'frequency_cap') return hold('at_cap', { cap: 'frequency' });
  if (reason === 'number_in_use') return hold('number_in_use');
  return hold('held_by_rule', { reason });
}

const USED_UP = new Set(['attemptCap', 'numbersExhausted']);

function finishedAs(reason: string): Hold {
  return USED_UP.has(reason) ? hold('at_cap', { cap: reason }) : hold('done', { result: reason });
}

/** In the queue: what stands between it and the phone, from the lasting to the momentary. */
function readyBut(tally: TalliedLeads, place: PlaceHours, floor: FloorFacts): Hold {
  if (floor.campaignState !== 'running') {
    return hold('campaign_not_running', { state: floor.campaignState });
  }
  if (!tally.listActive) return hold('list_stopped', { listId: tally.listId });
  if (!place.open) return hold('outside_window', { zoneKey: tally.zoneKey, opensAt: place.opensAt });
  if (!floor.callerIdLeft) return hold('no_caller_id');
  if (floor.agentsSignedIn === 0) return hold('no_agents');
  if (tally.reason === 'callback') return hold('agent_promised');
  if (floor.databaseBehind) return hold('database_behind');
  if (floor.freeLines === 0) return hold('no_trunk');
  if (floor.abandonBudgetSpent && floor.agentsAvailable === 0) return hold('abandon_budget_spent');
  return floor.agentsAvailable === 0 ? hold('agents_busy') : hold('next_in_line');
}
