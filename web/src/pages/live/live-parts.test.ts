import assert from 'node:assert/strict';
import test from 'node:test';
import { abandonRoom, rateTone } from './abandon-room.ts';
import { diagnosisRows, missingLeads, standsStill } from './diagnosis-parts.ts';
import { addSample, HISTORY_MS, type LiveSample } from './live-history.ts';

const sample = (at: number): LiveSample => ({ at, ringing: 1, waiting: 0, connected: 2, available: 3 });

test('a sample that comes late or twice does not bend the chart', () => {
  const history = [sample(1_000), sample(2_000)];
  assert.equal(addSample(history, sample(2_000)), history);
  assert.equal(addSample(history, sample(1_500)), history);
});

test('the chart forgets what is older than it shows', () => {
  const history = addSample([sample(0), sample(2_000)], sample(HISTORY_MS + 1_000));
  assert.deepEqual(
    history.map((one) => one.at),
    [2_000, HISTORY_MS + 1_000],
  );
});

test('room for abandoned calls is whole calls, and negative when the limit is passed', () => {
  assert.equal(abandonRoom({ connected: 97, abandoned: 3 }, 0.03), 0);
  assert.equal(abandonRoom({ connected: 198, abandoned: 2 }, 0.03), 4);
  assert.equal(abandonRoom({ connected: 9, abandoned: 1 }, 0.03), -1);
  assert.equal(abandonRoom({ connected: 0, abandoned: 0 }, 0.03), 0);
});

test('a rate at its limit is not over it', () => {
  assert.equal(rateTone(0.03, 0.03), 'warn');
  assert.equal(rateTone(0.031, 0.03), 'bad');
  assert.equal(rateTone(0, 0), 'good');
});

const part = (code: string, leads: number, params = {}) => ({ code, leads, params });
const whole = (...parts: ReturnType<typeof part>[]) => ({
  campaignId: 'c',
  at: 0,
  leads: parts.reduce((sum, one) => sum + one.leads, 0),
  parts,
});

test('parts that do not make up the whole are told with the difference', () => {
  const diagnosis = whole(part('next_in_line', 4), part('done', 5));
  assert.equal(missingLeads(diagnosis), 0);
  assert.equal(missingLeads({ ...diagnosis, leads: 10 }), 1);
});

test('what can be dialed comes first, then what somebody can change, and empty parts are left out', () => {
  const rows = diagnosisRows(
    whole(
      part('done', 900),
      part('outside_window', 50),
      part('no_trunk', 2),
      part('next_in_line', 1),
      part('callback_promised', 0),
    ),
  );
  assert.deepEqual(
    rows.map((row) => row.code),
    ['next_in_line', 'no_trunk', 'outside_window', 'done'],
  );
});

test('the same code in two places makes two rows', () => {
  const rows = diagnosisRows(
    whole(
      part('outside_window', 2, { zoneKey: 'A' }),
      part('outside_window', 3, { zoneKey: 'B', opensAt: 5 }),
    ),
  );
  assert.equal(new Set(rows.map((row) => row.key)).size, 2);
  assert.deepEqual([rows[0]?.zones, rows[0]?.opensAt, rows[1]?.opensAt], ['B', 5, undefined]);
});

test('a campaign stands still when leads are left and none can be dialed', () => {
  assert.equal(standsStill(diagnosisRows(whole(part('no_agents', 3), part('done', 1)))), true);
  assert.equal(standsStill(diagnosisRows(whole(part('no_agents', 3), part('in_call', 1)))), false);
  assert.equal(
    standsStill(diagnosisRows(whole(part('done', 3), part('at_cap', 1, { cap: 'attemptCap' })))),
    false,
  );
});

test('a code that is newer than this page is something somebody has to look at', () => {
  assert.equal(diagnosisRows(whole(part('moon_phase', 1)))[0]?.tone, 'act');
});
