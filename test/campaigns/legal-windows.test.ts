import assert from 'node:assert/strict';
import { test } from 'node:test';
import { legalWindowAt } from '../../campaigns/calls/index.ts';
import { periodsOf } from '../../dialer/pacing/window-periods.ts';
import type { AbandonWindow } from '../../dialer/ports.ts';

const STARTED = Date.parse('2026-01-05T09:30:00Z');

test('the ledger counts in the same windows as the pacer', () => {
  const windows: AbandonWindow[] = [
    { kind: 'localDay', timeZone: 'Australia/Lord_Howe' },
    { kind: 'campaignBlock', days: 7 },
    { kind: 'calendarMonth', timeZone: 'America/St_Johns' },
    { kind: 'rolling', hours: 24 },
  ];
  for (const window of windows) {
    const periodAt = periodsOf(window, STARTED);
    for (let t = STARTED; t < STARTED + 400 * 86_400_000; t += 7_919_113) {
      const { start, end } = legalWindowAt(window, STARTED, t);
      assert.deepEqual({ start, end }, periodAt(t), `${window.kind} ${t}`);
    }
  }
});
