import assert from 'node:assert/strict';
import test from 'node:test';
import fc from 'fast-check';
import {
  type HoursPart,
  horizonMs,
  isOpen,
  isOpenEverywhere,
  nextOpening,
  nextOpeningEverywhere,
  openUntil,
  openUntilEverywhere,
  type Window,
} from './calling-window.ts';
import { intersectWindows, normalizeWindows } from './window-sets.ts';
import { dayOfDate, minuteMs } from './zone-time.ts';

const daily = [0, 1, 2, 3, 4, 5, 6];
const at = (text: string) => Date.parse(text);
const nineToNine: Window[] = [{ days: daily, from: 9 * 60, to: 21 * 60 }];
const zones = [
  'America/New_York',
  'America/Chicago',
  'Asia/Shanghai',
  'Europe/London',
  'Australia/Lord_Howe',
];

test('the end of a window is not in it', () => {
  assert.equal(isOpen(nineToNine, 'Asia/Shanghai', at('2026-11-22T12:59:59.999Z')), true);
  assert.equal(isOpen(nineToNine, 'Asia/Shanghai', at('2026-11-22T13:00:00Z')), false);
});

test('a place without a zone is never open', () => {
  assert.equal(isOpen(nineToNine, [], at('2026-11-22T04:00:00Z')), false);
  assert.equal(nextOpening(nineToNine, [], at('2026-11-22T04:00:00Z')), null);
});

test('every candidate zone must be open: Florida by its area code may be Central', () => {
  const both = ['America/New_York', 'America/Chicago'];
  const half = at('2026-11-23T14:30:00Z'); // 09:30 Eastern, 08:30 Central
  assert.equal(isOpen(nineToNine, both[0] ?? '', half), true);
  assert.equal(isOpen(nineToNine, both, half), false);
  assert.equal(nextOpening(nineToNine, both, half), at('2026-11-23T15:00:00Z'));
  assert.equal(openUntil(nineToNine, both, at('2026-11-23T15:00:00Z')), at('2026-11-24T02:00:00Z'));
});

test('zones that never share an open hour have no opening', () => {
  assert.equal(
    nextOpening(
      [{ days: daily, from: 600, to: 660 }],
      ['Asia/Shanghai', 'America/New_York'],
      at('2026-11-22T00:00:00Z'),
    ),
    null,
  );
});

test('a window that spring-forward swallows whole stays shut that day', () => {
  const night: Window[] = [{ days: daily, from: 120, to: 180 }];
  const eve = at('2026-03-08T06:59:59Z'); // 01:59:59 EST; the next second is 03:00 EDT
  assert.equal(nextOpening(night, 'America/New_York', eve), at('2026-03-09T06:00:00Z'));
});

test('a window cut by spring-forward opens after the gap', () => {
  const night: Window[] = [{ days: daily, from: 150, to: 240 }];
  assert.equal(
    nextOpening(night, 'America/New_York', at('2026-03-08T06:00:00Z')),
    at('2026-03-08T07:00:00Z'),
  );
});

test('an hour that comes twice in autumn opens twice and is shut between', () => {
  const half: Window[] = [{ days: daily, from: 60, to: 90 }]; // 01:00–01:30
  const first = at('2026-11-01T05:00:00Z');
  assert.equal(nextOpening(half, 'America/New_York', at('2026-11-01T04:30:00Z')), first);
  assert.equal(openUntil(half, 'America/New_York', first), first + 30 * minuteMs);
  assert.equal(nextOpening(half, 'America/New_York', first + 30 * minuteMs), first + 60 * minuteMs);
});

test('Mississippi in summer: its fixed Central Standard Time moves the morning to 09:00 on the wall', () => {
  const hours: Window[] = [{ days: [1, 2, 3, 4, 5, 6], from: 480, to: 1200 }];
  const parts: HoursPart[] = [
    { windows: hours, zone: 'America/Chicago' },
    { windows: hours, zone: 'Etc/GMT+6' },
  ];
  assert.equal(isOpenEverywhere(parts, at('2026-07-15T13:30:00Z')), false); // 08:30 CDT, 07:30 CST
  assert.equal(nextOpeningEverywhere(parts, at('2026-07-15T13:30:00Z')), at('2026-07-15T14:00:00Z'));
  assert.equal(openUntilEverywhere(parts, at('2026-07-15T14:00:00Z')), at('2026-07-16T01:00:00Z'));
});

test('a closed day is closed from local midnight to local midnight', () => {
  const closedDays = new Set([dayOfDate('2026-11-26') ?? 0]);
  const parts: HoursPart[] = [
    { windows: [{ days: daily, from: 0, to: 1440 }], zone: 'America/New_York', closedDays },
  ];
  assert.equal(isOpenEverywhere(parts, at('2026-11-26T05:00:00Z')), false);
  assert.equal(openUntilEverywhere(parts, at('2026-11-25T12:00:00Z')), at('2026-11-26T05:00:00Z'));
  assert.equal(nextOpeningEverywhere(parts, at('2026-11-26T05:00:00Z')), at('2026-11-27T05:00:00Z'));
});

test('hours that touch at midnight are one opening; a place open at any hour closes at the horizon', () => {
  const late: Window[] = [
    { days: [1], from: 1200, to: 1440 },
    { days: [2], from: 0, to: 60 },
  ];
  assert.equal(openUntil(late, 'Asia/Shanghai', at('2026-11-23T12:30:00Z')), at('2026-11-23T17:00:00Z'));
  const now = at('2026-11-23T12:30:00Z');
  assert.equal(openUntil([{ days: daily, from: 0, to: 1440 }], 'America/New_York', now), now + horizonMs);
});

const windowArb = fc
  .record({
    days: fc.uniqueArray(fc.integer({ min: 0, max: 6 }), { minLength: 1 }),
    span: fc.tuple(fc.integer({ min: 0, max: 1440 }), fc.integer({ min: 0, max: 1440 })),
  })
  .filter(({ span }) => span[0] !== span[1])
  .map(({ days, span }) => ({ days, from: Math.min(...span), to: Math.max(...span) }));
const windowsArb = fc.array(windowArb, { maxLength: 4 });
const nowArb = fc.integer({ min: at('2026-01-01T00:00:00Z'), max: at('2027-12-31T00:00:00Z') });
const zonesArb = fc.subarray(zones, { minLength: 1 });

test('openings and closings are exactly where the answer of isOpen changes', () => {
  fc.assert(
    fc.property(
      windowsArb,
      zonesArb,
      nowArb,
      fc.integer({ min: 0, max: 1_000 }),
      (windows, set, now, share) => {
        const open = isOpen(windows, set, now);
        const next = nextOpening(windows, set, now);
        const until = openUntil(windows, set, now);
        assert.equal(until !== null, open);
        if (open) assert.equal(next, now);
        if (next !== null) {
          assert.equal(isOpen(windows, set, next), true);
          if (next > now) {
            assert.equal(isOpen(windows, set, next - 1), false);
            assert.equal(isOpen(windows, set, now + Math.floor(((next - now - 1) * share) / 1_000)), false);
          }
        }
        if (until !== null) {
          assert.equal(isOpen(windows, set, until - 1), true);
          assert.equal(isOpen(windows, set, now + Math.floor(((until - now - 1) * share) / 1_000)), true);
          if (until < now + horizonMs) assert.equal(isOpen(windows, set, until), false);
        }
      },
    ),
    { numRuns: 300 },
  );
});

test('an intersection of windows is open exactly when both are; normalizing changes no hour', () => {
  fc.assert(
    fc.property(windowsArb, windowsArb, nowArb, (a, b, now) => {
      const both = isOpen(a, 'Europe/London', now) && isOpen(b, 'Europe/London', now);
      assert.equal(isOpen(intersectWindows(a, b), 'Europe/London', now), both);
      assert.equal(isOpen(normalizeWindows(a), 'Europe/London', now), isOpen(a, 'Europe/London', now));
    }),
    { numRuns: 500 },
  );
});

test('the French lunch gap outlives an intersection with longer hours', () => {
  const lunch: Window[] = [
    { days: [1, 2, 3, 4, 5], from: 600, to: 780 },
    { days: [1, 2, 3, 4, 5], from: 840, to: 1200 },
  ];
  assert.deepEqual(intersectWindows(lunch, [{ days: daily, from: 660, to: 1260 }]), [
    { days: [1, 2, 3, 4, 5], from: 660, to: 780 },
    { days: [1, 2, 3, 4, 5], from: 840, to: 1200 },
  ]);
});
