/** A moment in a zone; the viewer's own when none is given, or when the zone is unknown to the browser. */
function format(at: number, locale: string, options: Intl.DateTimeFormatOptions): string {
  try {
    return new Intl.DateTimeFormat(locale, options).format(at);
  } catch {
    return new Intl.DateTimeFormat(locale, { ...options, timeZone: undefined }).format(at);
  }
}

/** `14:05`. */
export function timeOfDay(at: number, locale: string, timeZone?: string): string {
  return format(at, locale, { hour: '2-digit', minute: '2-digit', hourCycle: 'h23', timeZone });
}

/** `22 Nov, 14:05`. */
export function dateAndTime(at: number, locale: string, timeZone?: string): string {
  const day = { month: 'short', day: 'numeric' } as const;
  return format(at, locale, { ...day, hour: '2-digit', minute: '2-digit', hourCycle: 'h23', timeZone });
}

export function longDate(at: number, locale: string, timeZone?: string): string {
  return format(at, locale, { year: 'numeric', month: 'short', day: 'numeric', timeZone });
}

/** Local date and time of a moment, as `<input type="datetime-local">` wants it: `2026-11-23T20:30`. */
export function localInput(at: number, timeZone: string): string {
  const parts = new Intl.DateTimeFormat('en-CA', {
    timeZone,
    year: 'numeric',
    month: '2-digit',
    day: '2-digit',
    hour: '2-digit',
    minute: '2-digit',
    hourCycle: 'h23',
  }).formatToParts(at);
  const of = (type: string) => parts.find((part) => part.type === type)?.value ?? '';
  return `${of('year')}-${of('month')}-${of('day')}T${of('hour')}:${of('minute')}`;
}
