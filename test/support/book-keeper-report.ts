/** The report, the ledger and the agents' time counted again from the raw rows; see book-keeper.ts. */

type Ask = <Row>(sql: string) => Promise<Row[]>;

const QUARTER = 900_000;
const EXAMPLES = 5;

/** Integer division that floors on both databases: instants are not negative. */
const quarter = (at: string) => `(${at}) - (${at}) % ${QUARTER}`;

const one = (condition: string) => `case when ${condition} then 1 else 0 end`;

const PERSON = "(a.connected_at is not null or a.outcome in ('answered', 'abandoned', 'hungUpWaiting'))";

/** Every measure of the report from the attempt, its call and its result. */
const MEASURES: Record<string, string> = {
  attempts: '1',
  first_attempts: one('a.nth = 1'),
  answered: one(PERSON),
  connected: one('a.connected_at is not null'),
  first_contacts: one('a.connected_at is not null and a.nth_contact = 1'),
  right_person: one('d.right_person = 1'),
  sales: one("c.disposition_category = 'sale'"),
  refusals: one("c.disposition_category = 'refusal'"),
  callbacks: one("c.disposition_category = 'callback'"),
  do_not_calls: one("c.disposition_category = 'doNotCall'"),
  abandoned: one("a.outcome = 'abandoned' or a.connected_late = 1"),
  hung_up_waiting: one("a.outcome = 'hungUpWaiting'"),
  machines: one("a.outcome in ('machine', 'fax')"),
  no_answers: one("a.outcome = 'noAnswer'"),
  busies: one("a.outcome = 'busy'"),
  rejections: one("a.outcome = 'rejected'"),
  invalids: one("a.outcome = 'invalid'"),
  failures: one("a.outcome in ('congestion', 'failed', 'unknown')"),
  ring_ms: 'coalesce(a.answered_at, a.ended_at) - coalesce(a.ringing_at, a.ordered_at)',
  wait_ms: `case when a.answered_at is not null and ${PERSON} then coalesce(a.connected_at, a.ended_at) - a.answered_at else 0 end`,
  talk_ms: 'coalesce(c.talk_ms, 0)',
  wrap_up_ms: '0',
};

const NAMES = Object.keys(MEASURES);

function recounted(): string {
  const sums = NAMES.map((name) => `sum(${MEASURES[name]}) as ${name}`).join(', ');
  return `select a.campaign_id, ${quarter('a.ordered_at')} as bucket_at, a.list_id,
      coalesce(a.agent_id, '') as agent_id, coalesce(a.script_version_id, '') as script_version_id, ${sums}
    from (select t.*, row_number() over (partition by lead_id order by ended_at, id) as nth,
        sum(case when connected_at is null then 0 else 1 end)
          over (partition by lead_id order by ended_at, id rows unbounded preceding) as nth_contact
      from attempts t where ended_at is not null and outcome <> 'cancelled') a
    left join calls c on c.attempt_id = a.id left join dispositions d on d.id = c.disposition_id
    group by 1, 2, 3, 4, 5`;
}

const WRAP_UPS = `select c.campaign_id, ${quarter('a.ordered_at')} as bucket_at, c.list_id, s.agent_id,
    coalesce(c.script_version_id, '') as script_version_id, sum(s.wrap_up_ms) as wrap_up_ms
  from segments s join calls c on c.id = s.call_id join attempts a on a.id = c.attempt_id
  where s.wrap_up_ms is not null group by 1, 2, 3, 4, 5`;

type Row = Record<string, string | number | null>;

export async function reportProblems(ask: Ask): Promise<string[]> {
  return [
    ...(await bucketProblems(ask)),
    ...(await agentTimeProblems(ask)),
    ...shorten('abandon ledger differs', await ask<Row>(LEDGER)),
  ];
}

async function bucketProblems(ask: Ask): Promise<string[]> {
  const expected = new Map<string, Row>();
  for (const row of [...(await ask<Row>(recounted())), ...(await ask<Row>(WRAP_UPS))]) {
    const sum = expected.get(keyOf(row)) ?? {};
    for (const name of NAMES) sum[name] = Number(sum[name] ?? 0) + Number(row[name] ?? 0);
    expected.set(keyOf(row), sum);
  }
  const kept = new Map((await ask<Row>('select * from report_buckets')).map((row) => [keyOf(row), row]));
  const problems: string[] = [];
  for (const key of new Set([...expected.keys(), ...kept.keys()])) {
    for (const name of NAMES) {
      const [raw, told] = [Number(expected.get(key)?.[name] ?? 0), Number(kept.get(key)?.[name] ?? 0)];
      if (raw !== told) problems.push(`report ${key}: ${name} is ${told}, raw rows say ${raw}`);
    }
  }
  return problems.slice(0, EXAMPLES);
}

function keyOf(row: Row): string {
  return [row.campaign_id, row.bucket_at, row.list_id, row.agent_id, row.script_version_id].join(' ');
}

async function agentTimeProblems(ask: Ask): Promise<string[]> {
  const expected = new Map<string, number>();
  const intervals = await ask<Row>(
    'select campaign_id, agent_id, state, started_at, ended_at from agent_intervals where ended_at is not null',
  );
  for (const { campaign_id, agent_id, state, started_at, ended_at } of intervals) {
    for (let at = Number(started_at); at < Number(ended_at); ) {
      const bucket = Math.floor(at / QUARTER) * QUARTER;
      const end = Math.min(bucket + QUARTER, Number(ended_at));
      const key = `${campaign_id} ${bucket} ${agent_id} ${state}`;
      expected.set(key, (expected.get(key) ?? 0) + end - at);
      at = end;
    }
  }
  const kept = new Map(
    (await ask<Row>('select * from agent_time_buckets')).map((row) => [
      `${row.campaign_id} ${row.bucket_at} ${row.agent_id} ${row.state}`,
      Number(row.ms),
    ]),
  );
  const wrong = [...new Set([...expected.keys(), ...kept.keys()])].filter(
    (key) => (expected.get(key) ?? 0) !== (kept.get(key) ?? 0),
  );
  return wrong
    .slice(0, EXAMPLES)
    .map(
      (key) => `agent time ${key}: ${kept.get(key) ?? 0} ms kept, ${expected.get(key) ?? 0} ms in the states`,
    );
}

/** Each window against the answers that lie in it, and each answer in one window. */
const LEDGER = `select coalesce(w.campaign_id, r.campaign_id) as campaign_id, w.window_key, w.answered, r.answered as raw
  from (select l.campaign_id, l.window_key, l.answered, l.abandoned, l.hung_up_waiting from abandon_ledger l) w
  join (select l.campaign_id, l.window_key,
      sum(case when a.outcome <> 'hungUpWaiting' then 1 else 0 end) as answered,
      sum(case when a.outcome = 'abandoned' or a.connected_late = 1 then 1 else 0 end) as abandoned,
      sum(case when a.outcome = 'hungUpWaiting' then 1 else 0 end) as hung_up_waiting
    from abandon_ledger l join attempts a on a.campaign_id = l.campaign_id and a.ended_at is not null
      and ${PERSON} and coalesce(a.answered_at, a.ended_at) >= l.window_start
      and coalesce(a.answered_at, a.ended_at) < l.window_end
    group by l.campaign_id, l.window_key) r on r.campaign_id = w.campaign_id and r.window_key = w.window_key
  where w.answered <> r.answered or w.abandoned <> r.abandoned or w.hung_up_waiting <> r.hung_up_waiting
  union all
  select a.campaign_id, 'none', 0, count(*) from attempts a where a.ended_at is not null and ${PERSON}
    and not exists (select 1 from abandon_ledger l where l.campaign_id = a.campaign_id
      and coalesce(a.answered_at, a.ended_at) >= l.window_start
      and coalesce(a.answered_at, a.ended_at) < l.window_end)
  group by a.campaign_id`;

function shorten(name: string, rows: readonly Row[]): string[] {
  return rows.slice(0, EXAMPLES).map((row) => `${name}: ${JSON.stringify(row)}`);
}
