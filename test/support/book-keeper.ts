import type { Database } from '../../platform/db/index.ts';
import { reportProblems } from './book-keeper-report.ts';

/**
 * Goes over a database as an auditor would: knows the tables and what must hold between them, and shares no code
 * with what wrote them. For databases at rest: nothing may be written meanwhile.
 */

type Ask = <Row>(sql: string) => Promise<Row[]>;

/** How many examples of one kind of problem are told. */
const EXAMPLES = 5;

/**
 * @param maxAgents never more than so many customers talked to at once
 * @returns what is wrong, in words, with ids only; empty when the books are in order
 */
export async function checkBooks(db: Database, options: { maxAgents?: number } = {}): Promise<string[]> {
  const ask: Ask = (sql) => db.reader.raw(sql);
  const problems: string[] = [];
  for (const { name, sql } of RULES) {
    const found = await ask<Record<string, unknown>>(sql);
    for (const row of found.slice(0, EXAMPLES)) problems.push(`${name}: ${JSON.stringify(row)}`);
    if (found.length > EXAMPLES) problems.push(`${name}: … ${found.length} in all`);
  }
  problems.push(...(await tooManyTalks(ask, options.maxAgents)));
  problems.push(...(await reportProblems(ask)));
  return problems;
}

/** Each answers the rows that break it. */
const RULES: readonly { name: string; sql: string }[] = [
  {
    name: 'tallies differ from the leads',
    sql: `select list_id, state, reason, zone_id, sum(counted) as counted, sum(kept) as kept from (
        select list_id, state, reason, zone_id, count(*) as counted, 0 as kept from leads group by 1, 2, 3, 4
        union all select list_id, state, reason, zone_id, 0, n from lead_tallies) both_sides
      group by 1, 2, 3, 4 having sum(counted) <> sum(kept)`,
  },
  {
    name: 'an agent in two talks at once',
    sql: `select agent_id, call_id, started_at from (
        select agent_id, call_id, started_at, max(coalesce(ended_at, 9007199254740991)) over (
          partition by agent_id order by started_at, coalesce(ended_at, 9007199254740991), call_id
          rows between unbounded preceding and 1 preceding) as busy_until from segments) ordered
      where busy_until > started_at`,
  },
  {
    name: 'a number with two live attempts',
    sql: 'select e164, count(*) as n from attempts where ended_at is null group by e164 having count(*) > 1',
  },
  {
    name: 'an attempt whose end and outcome do not go together',
    sql: 'select id from attempts where (ended_at is null) <> (outcome is null)',
  },
  {
    name: 'an attempt whose instants go backwards',
    sql: `select id from attempts where ended_at < ordered_at or answered_at < ordered_at
        or connected_at < answered_at or ended_at < connected_at`,
  },
  {
    name: 'a contact without a call, or a call without its contact',
    sql: `select a.id, c.id as call_id from attempts a left join calls c on c.attempt_id = a.id
      where (a.connected_at is null) <> (c.id is null) or c.started_at <> a.connected_at
        or a.connected_at is not null and (a.ended_at is null) <> (c.ended_at is null)`,
  },
  {
    name: 'a finished call whose talk time is not its length',
    sql: 'select id, talk_ms from calls where ended_at is not null and talk_ms <> ended_at - started_at',
  },
  {
    name: 'a call whose segments do not begin and end with it',
    sql: `select c.id from calls c left join segments s on s.call_id = c.id
      group by c.id, c.started_at, c.ended_at
      having min(s.started_at) is null or min(s.started_at) <> c.started_at
        or count(s.call_id) <> count(s.ended_at) and c.ended_at is not null
        or c.ended_at is not null and max(s.ended_at) <> c.ended_at`,
  },
  {
    name: 'a disposition of another campaign, or one that is a group',
    sql: `select c.id from calls c left join dispositions d on d.id = c.disposition_id
      where c.disposition_id is not null and (d.id is null or d.campaign_id <> c.campaign_id
        or d.category <> c.disposition_category or c.disposed_at is null)`,
  },
  {
    name: 'a claimed lead without a live attempt of its ticket',
    sql: `select l.id from leads l where l.state = 'claimed' and not exists
        (select 1 from attempts a where a.lead_id = l.id and a.ticket = l.ticket and a.ended_at is null)`,
  },
  {
    name: 'a lead in a call that is over and has its result',
    sql: `select l.id from leads l where l.state = 'inCall' and not exists
        (select 1 from attempts a left join calls c on c.attempt_id = a.id where a.lead_id = l.id
          and a.ticket = l.ticket and (a.ended_at is null or c.id is not null and c.disposed_at is null))`,
  },
  {
    name: 'a lead in the queue while it is on the line',
    sql: `select l.id, l.state from leads l join attempts a on a.lead_id = l.id and a.ended_at is null
      left join calls c on c.attempt_id = a.id
      where l.state in ('ready', 'waiting', 'held', 'done', 'suppressed') and c.disposed_at is null`,
  },
  {
    name: 'a lead with two live attempts',
    sql: 'select lead_id from attempts where ended_at is null group by lead_id having count(*) > 1',
  },
  {
    name: 'a lead that waits without an end, or has one without waiting',
    sql: `select id, state from leads
      where (state in ('waiting', 'held', 'claimed')) <> (due_at is not null)`,
  },
  {
    name: 'a lead whose counted attempts are not those it had',
    sql: `select l.id, l.attempts, h.counted from leads l join (
        select a.lead_id, sum(case
          when a.connected_at is not null then case when c.disposed_at is null then 0 else 1 end
          when a.outcome in ('congestion', 'failed', 'cancelled', 'unknown') then 0 else 1 end) as counted
        from attempts a left join calls c on c.attempt_id = a.id where a.ended_at is not null
        group by a.lead_id) h on h.lead_id = l.id
      where l.attempts <> h.counted and l.state <> 'inCall' and not exists
        (select 1 from attempts a where a.lead_id = l.id and a.ended_at is null)`,
  },
  {
    name: 'a lead whose dials or contacts are not those it had',
    sql: `select l.id, l.dials, l.contacts, h.dials as raw_dials, h.contacts as raw_contacts from leads l join (
        select lead_id, sum(case when outcome = 'cancelled' then 0 else 1 end) as dials,
          sum(case when connected_at is null then 0 else 1 end) as contacts
        from attempts where ended_at is not null group by lead_id) h on h.lead_id = l.id
      where l.dials <> h.dials or l.contacts <> h.contacts`,
  },
  {
    name: 'an open promise to a lead that is finished',
    sql: `select f.id from follow_ups f join leads l on l.id = f.lead_id
      where f.state = 'open' and l.state = 'done'`,
  },
  {
    name: 'agent states with a gap, an overlap or a missing one',
    sql: `select session_id, ordinal from (
        select session_id, ordinal, started_at, ended_at,
          lag(ended_at) over (partition by session_id order by ordinal) as before_at,
          row_number() over (partition by session_id order by ordinal) as nth,
          lead(ordinal) over (partition by session_id order by ordinal) as next_ordinal
        from agent_intervals) i
      where ordinal <> nth - 1 or ended_at < started_at or nth > 1 and (before_at is null or before_at <> started_at)
        or ended_at is null and next_ordinal is not null`,
  },
  {
    name: 'agent states that do not add up to the session',
    sql: `select s.id, s.started_at, s.ended_at, sum(i.ended_at - i.started_at) as states
      from agent_sessions s join agent_intervals i on i.session_id = s.id
      group by s.id, s.started_at, s.ended_at
      having min(i.started_at) <> s.started_at
        or s.ended_at is not null and (sum(i.ended_at - i.started_at) <> s.ended_at - s.started_at
          or count(*) <> count(i.ended_at))
        or s.ended_at is null and count(*) <> count(i.ended_at) + 1`,
  },
  {
    name: 'an agent in two sessions at once',
    sql: `select agent_id, id from (
        select agent_id, id, started_at, max(coalesce(ended_at, 9007199254740991)) over (
          partition by agent_id order by started_at, id
          rows between unbounded preceding and 1 preceding) as until from agent_sessions) ordered
      where until > started_at`,
  },
  {
    name: 'a talk that the agent’s states know nothing of',
    sql: `select s.call_id from segments s where s.session_id <> '' and s.ended_at > s.started_at
        and not exists (select 1 from agent_intervals i where i.session_id = s.session_id
          and i.state = 'connected' and i.started_at <= s.started_at
          and coalesce(i.ended_at, 9007199254740991) >= s.started_at)`,
  },
];

async function tooManyTalks(ask: Ask, maxAgents: number | undefined): Promise<string[]> {
  if (maxAgents === undefined) return [];
  const [row] = await ask<{ most: number | null }>(
    `select max(running) as most from (
       select sum(step) over (order by at, step rows unbounded preceding) as running from (
         select started_at as at, 1 as step from segments
         union all select ended_at, -1 from segments where ended_at is not null) steps) counts`,
  );
  const most = row?.most ?? 0;
  return most > maxAgents ? [`${most} talks at once, with ${maxAgents} agents`] : [];
}
