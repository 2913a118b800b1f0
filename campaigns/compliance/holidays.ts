/** Public holidays by calendar: `us` for a nation, `us-PA` for what a state adds to it. */
import { dayOfDate } from '../../dialer/core/zone-time.ts';
import { DomainError } from '../../platform/errors/index.ts';
import builtIn from './data/holidays.json' with { type: 'json' };

export interface HolidayCalendar {
  /** Last date the list speaks for: after it, silence means nothing. */
  through: string;
  /** Dates as `2026-12-25`. */
  dates: readonly string[];
}

export type HolidayCalendars = Readonly<Record<string, HolidayCalendar>>;

const maxDates = 2_000;

/** The calendars that come with the system. */
export function builtInHolidays(): HolidayCalendars {
  return builtIn.calendars;
}

/**
 * The closed days (since 1970-01-01) of the calendars, a state's with its nation's. A calendar nobody gave
 * closes nothing: {@link calendarGaps} names it. Throws `holiday_invalid` for what is no date.
 */
export function closedDaysOf(ids: readonly string[], calendars: HolidayCalendars): ReadonlySet<number> {
  const days = new Set<number>();
  for (const id of withNations(ids)) {
    const dates = calendars[id]?.dates ?? [];
    if (dates.length > maxDates) throw invalid(id, `${dates.length} dates`);
    for (const date of dates) {
      const day = dayOfDate(date);
      if (day === null) throw invalid(id, date);
      days.add(day);
    }
  }
  return days;
}

/** Calendars that are missing, or say nothing any more on `date` (`2028-01-01`): to warn of. */
export function calendarGaps(ids: readonly string[], calendars: HolidayCalendars, date: string): string[] {
  return withNations(ids).filter((id) => {
    const calendar = calendars[id];
    return calendar === undefined || calendar.through < date;
  });
}

function withNations(ids: readonly string[]): string[] {
  return [...new Set(ids.flatMap((id) => [id.split('-')[0] ?? id, id]))].sort();
}

function invalid(calendar: string, value: string): DomainError {
  return new DomainError('invalid', 'holiday_invalid', 'Write holidays as dates such as 2026-12-25', {
    params: { calendar, value: value.slice(0, 32) },
  });
}
