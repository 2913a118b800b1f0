import type { Database } from '../../platform/db/index.ts';
import type { Id } from '../../platform/ids/index.ts';

/** Counted from the raw rows alone, beside `checkBooks`: what an auditor asks of one campaign. */
export interface RawFigures {
  leads: number;
  attempts: number;
  contacts: number;
  talkSeconds: number;
  sales: number;
}

/** One campaign from its leads, and its attempts and calls that are over, without the report's tables. */
export async function rawFigures({ reader }: Database, campaignId: Id): Promise<RawFigures> {
  const [row] = await reader.raw<Record<keyof RawFigures, number>>(
    `select
       (select count(*) from leads l join lists s on s.id = l.list_id where s.campaign_id = x.id) as "leads",
       (select count(*) from attempts where campaign_id = x.id and outcome <> 'cancelled') as "attempts",
       (select count(*) from attempts where campaign_id = x.id and connected_at is not null
          and ended_at is not null) as "contacts",
       (select coalesce(sum(talk_ms), 0) from calls where campaign_id = x.id) as "talkSeconds",
       (select count(*) from calls where campaign_id = x.id and disposition_category = 'sale') as "sales"
     from campaigns x where x.id = ?`,
    [campaignId],
  );
  if (!row) throw new Error('There is no such campaign');
  const numbers = Object.entries(row).map(([name, value]) => [name, Number(value)]);
  const figures = Object.fromEntries(numbers) as RawFigures;
  return { ...figures, talkSeconds: figures.talkSeconds / 1_000 };
}

/** The same, as the report's buckets tell it. */
export async function reportedFigures(
  { reader }: Database,
  campaignId: Id,
): Promise<Omit<RawFigures, 'leads'>> {
  const [row] = await reader.raw<Record<string, number>>(
    `select sum(attempts) as a, sum(connected) as c, sum(talk_ms) as t, sum(sales) as s
     from report_buckets where campaign_id = ?`,
    [campaignId],
  );
  const sum = (name: string) => Number(row?.[name] ?? 0);
  return { attempts: sum('a'), contacts: sum('c'), talkSeconds: sum('t') / 1_000, sales: sum('s') };
}

/** What an agent may do next, by docs/state-machines.md; `''` is the beginning of a session. */
const NEXT: Readonly<Record<string, readonly string[]>> = {
  '': ['paused'],
  available: ['reserved', 'ringing', 'paused'],
  reserved: ['available', 'ringing', 'paused'],
  ringing: ['connected', 'available', 'paused'],
  connected: ['wrapUp', 'available', 'paused'],
  wrapUp: ['available', 'paused'],
  paused: ['available', 'connected', 'paused'],
};

/** Outcomes by what is known of the attempt; each has exactly one of these groups to come from. */
const CONNECTED_OUTCOMES = ['answered'];
const PICKED_UP_OUTCOMES = ['answered', 'machine', 'fax', 'hungUpWaiting', 'abandoned'];

/** Changes of state that the machines do not know, in words; empty when all are legal. */
export async function illegalChanges({ reader }: Database): Promise<string[]> {
  const steps = await reader.raw<{ before: string | null; state: string; reason: string; n: number }>(
    `select before, state, reason, count(*) as n from (
       select state, reason, lag(state) over (partition by session_id order by ordinal) as before
       from agent_intervals) steps group by before, state, reason`,
  );
  const ends = await reader.raw<{ state: string; n: number }>(
    `select i.state, count(*) as n from agent_intervals i join agent_sessions s on s.id = i.session_id
     where s.end_reason = 'signedOut' and not exists (select 1 from agent_intervals later
       where later.session_id = i.session_id and later.ordinal > i.ordinal)
     group by i.state`,
  );
  const attempts = await reader.raw<{ outcome: string; connected: number; picked_up: number; n: number }>(
    `select outcome, case when connected_at is null then 0 else 1 end as connected,
       case when answered_at is null then 0 else 1 end as picked_up, count(*) as n
     from attempts where ended_at is not null group by 1, 2, 3`,
  );
  return [
    ...steps
      .filter(({ before, state }) => !NEXT[before ?? '']?.includes(state))
      .map(({ before, state, reason, n }) => `an agent from ${before} to ${state} (${reason}), ${n} times`),
    ...ends
      .filter(({ state }) => state === 'ringing' || state === 'connected')
      .map(({ state, n }) => `${n} sessions signed out of while ${state}`),
    ...attempts
      .filter(({ outcome, connected }) => (connected === 1) !== CONNECTED_OUTCOMES.includes(outcome))
      .map(({ outcome, connected, n }) => `${n} attempts ${outcome} with connected=${connected}`),
    ...attempts
      .filter(({ outcome, picked_up }) => picked_up === 1 && !PICKED_UP_OUTCOMES.includes(outcome))
      .map(({ outcome, n }) => `${n} attempts ${outcome} that were picked up`),
  ];
}

/** Agents who were in two talks at once, compared pair by pair. */
export async function overlappingTalks({ reader }: Database): Promise<unknown[]> {
  return reader.raw(
    `select a.agent_id, a.call_id, b.call_id as other from segments a
     join segments b on b.agent_id = a.agent_id and b.call_id <> a.call_id
       and b.started_at < a.ended_at and a.started_at < b.ended_at and b.started_at >= a.started_at`,
  );
}

/** Sessions whose states do not add up to the time signed in, and agents whose report differs from it. */
export async function timeThatDoesNotAddUp({ reader }: Database): Promise<unknown[]> {
  const sessions = await reader.raw(
    `select s.id, s.ended_at - s.started_at as signed_in, sum(i.ended_at - i.started_at) as states
     from agent_sessions s left join agent_intervals i on i.session_id = s.id where s.ended_at is not null
     group by s.id, s.ended_at, s.started_at
     having coalesce(sum(i.ended_at - i.started_at), 0) <> s.ended_at - s.started_at`,
  );
  const agents = await reader.raw(
    `select s.agent_id, s.ms, b.ms as reported from
       (select agent_id, sum(ended_at - started_at) as ms from agent_sessions where ended_at is not null
        group by agent_id) s
     left join (select agent_id, sum(ms) as ms from agent_time_buckets group by agent_id) b
       on b.agent_id = s.agent_id where s.ms <> coalesce(b.ms, 0)`,
  );
  return [...sessions, ...agents];
}

/** How many agents of a campaign talked at the same moment, at most. */
export async function mostTalksAtOnce({ reader }: Database, campaignId: Id): Promise<number> {
  const talks = await reader.raw<{ started_at: number; ended_at: number }>(
    `select s.started_at, s.ended_at from segments s join calls c on c.id = s.call_id
     where c.campaign_id = ? and s.ended_at > s.started_at`,
    [campaignId],
  );
  const steps = talks.flatMap((talk) => [
    { at: Number(talk.started_at), by: 1 },
    { at: Number(talk.ended_at), by: -1 },
  ]);
  let now = 0;
  let most = 0;
  for (const { by } of steps.sort((a, b) => a.at - b.at || a.by - b.by)) {
    now += by;
    most = Math.max(most, now);
  }
  return most;
}
