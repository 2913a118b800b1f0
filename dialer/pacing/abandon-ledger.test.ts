import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import fc from 'fast-check';
import { AbandonLedger } from './abandon-ledger.ts';
import { periodsOf } from './window-periods.ts';

const HOUR = 3_600_000;
const START = Date.UTC(2026, 2, 1, 0);

describe('the abandon window', () => {
  it('of a local day begins at local midnight and is 23 or 25 hours long when the clocks change', () => {
    const at = periodsOf({ kind: 'localDay', timeZone: 'America/New_York' }, START);
    assert.deepEqual(at(Date.UTC(2026, 2, 8, 12)), {
      start: Date.UTC(2026, 2, 8, 5),
      end: Date.UTC(2026, 2, 9, 4),
    });
    assert.deepEqual(at(Date.UTC(2026, 10, 1, 12)), {
      start: Date.UTC(2026, 10, 1, 4),
      end: Date.UTC(2026, 10, 2, 5),
    });
    assert.equal(at(Date.UTC(2026, 10, 2, 5)).start, Date.UTC(2026, 10, 2, 5));
  });

  it('of a calendar month follows the zone over the year’s end', () => {
    const at = periodsOf({ kind: 'calendarMonth', timeZone: 'Asia/Shanghai' }, START);
    const january = at(Date.UTC(2025, 11, 31, 16));
    assert.deepEqual(january, { start: Date.UTC(2025, 11, 31, 16), end: Date.UTC(2026, 0, 31, 16) });
  });

  it('of campaign blocks counts from the campaign’s start', () => {
    const started = START + 5 * HOUR;
    const at = periodsOf({ kind: 'campaignBlock', days: 30 }, started);
    assert.deepEqual(at(started + 30 * 24 * HOUR - 1).start, started);
    assert.deepEqual(at(started + 30 * 24 * HOUR).start, started + 30 * 24 * HOUR);
  });

  it('always holds its instant, and the next begins where it ends', () => {
    const kinds = fc.constantFrom(
      { kind: 'localDay', timeZone: 'Australia/Lord_Howe' } as const,
      { kind: 'localDay', timeZone: 'America/Santiago' } as const,
      { kind: 'calendarMonth', timeZone: 'Asia/Kolkata' } as const,
      { kind: 'rolling', hours: 24 } as const,
    );
    fc.assert(
      fc.property(kinds, fc.integer({ min: START, max: START + 400 * 24 * HOUR }), (window, instant) => {
        const periodAt = periodsOf(window, START);
        const { start, end } = periodAt(instant);
        assert.ok(start <= instant && instant < end);
        assert.equal(periodAt(end).start, end);
        assert.equal(periodAt(start - 1).end, start);
      }),
      { numRuns: 60 },
    );
  });
});

describe('the abandon ledger', () => {
  it('starts each window with an empty budget', () => {
    const ledger = new AbandonLedger({ kind: 'localDay', timeZone: 'UTC' }, START);
    ledger.add(START + HOUR, { answered: 100, abandoned: 1 });
    assert.equal(ledger.budget(0.03, START + 2 * HOUR).whole, 2);
    assert.deepEqual(ledger.budget(0.03, START + 24 * HOUR), {
      answered: 0,
      abandoned: 0,
      left: 0,
      whole: 0,
    });
  });

  it('takes the limit as a decimal: 29 % of 100 answered are 29', () => {
    const ledger = new AbandonLedger({ kind: 'localDay', timeZone: 'UTC' }, START);
    ledger.add(START, { answered: 100, abandoned: 0 });
    assert.equal(ledger.budget(0.29, START).whole, 29);
  });

  it('of a rolling window lets a bad hour go only when it has left the window', () => {
    const ledger = new AbandonLedger({ kind: 'rolling', hours: 3 }, START);
    ledger.add(START, { answered: 100, abandoned: 9 });
    ledger.add(START + HOUR, { answered: 100, abandoned: 0 });
    assert.equal(ledger.budget(0.03, START + HOUR).left, -3);
    ledger.add(START + 3 * HOUR, { answered: 100, abandoned: 0 });
    assert.equal(ledger.budget(0.03, START + 3 * HOUR).left, 3);
  });

  it('of a rolling window does not spend what only earlier hours have earned', () => {
    const ledger = new AbandonLedger({ kind: 'rolling', hours: 24 }, START);
    ledger.add(START, { answered: 1000, abandoned: 0 });
    ledger.add(START + HOUR, { answered: 10, abandoned: 0 });
    assert.equal(ledger.budget(0.03, START + HOUR).whole, 0);
  });

  it('comes back the same from its state', () => {
    const ledger = new AbandonLedger({ kind: 'rolling', hours: 5 }, START);
    for (let hour = 0; hour < 9; hour++)
      ledger.add(START + hour * HOUR, { answered: 40, abandoned: hour % 3 });
    const again = new AbandonLedger({ kind: 'rolling', hours: 5 }, START);
    again.restore(ledger.state());
    assert.deepEqual(again.budget(0.03, START + 8 * HOUR), ledger.budget(0.03, START + 8 * HOUR));
    assert.ok(ledger.state().counts.length <= 6);
  });
});
