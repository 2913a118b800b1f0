/** What stands in a log where personal data was. */
export const REDACTED = '[redacted]';

const MAX_DEPTH = 6;
const MAX_ITEMS = 50;
const MAX_TEXT = 4_000;

/**
 * Keys whose values never reach a log, in whatever case and with or without separators: who somebody is, how
 * they are reached, what opens a door, and what a database was asked (its values are the former).
 */
const PRIVATE_KEYS = new Set(
  (
    'e164 phone phones phonenumber phonenumbers number numbers msisdn mobile tel telephone callerid cli dnis ani ' +
    'caller callee to from dialed name names firstname lastname givenname familyname surname fullname displayname ' +
    'customername contactname username email emails mail address street postcode birthdate dateofbirth idnumber ' +
    'password passwd passphrase secret token accesstoken refreshtoken sessiontoken csrftoken apikey authorization ' +
    'cookie cookies setcookie sql bindings parameters passwordhash login note notes comment comments profile vars ' +
    'cells body databaseurl redisurl connectionstring'
  ).split(' '),
);

/** Runs of seven digits or more with the usual separators, ASCII or full-width, not begun inside a word or an id. */
const DIGIT_RUN = /(?<![A-Za-z\d_０-９])[+＋]?[\d０-９](?:[\s().\-–－]{0,3}[\d０-９]){6,}/gu;
/** User and password in an address, whatever its length. */
const URL_CREDENTIALS = /(\b[a-z][a-z0-9+.-]{1,20}:\/\/)[^\s/?#]*@/gi;
const NOT_A_NUMBER = /^(?:\d{4}-\d{2}-\d{2}(?: \d{2})?|(?:\d{1,3}\.){3}\d{1,3}|\d+\.\d+)$/;
const SQL_STATEMENT = /^\s*(?:insert|update|delete|select|with|replace|merge)\b/i;

/** A text with everything that looks like a phone number or an e-mail address taken out, and cut to a bound. */
export function scrubText(text: string): string {
  return text
    .slice(0, MAX_TEXT)
    .replace(URL_CREDENTIALS, `$1${REDACTED}@`)
    .replace(DIGIT_RUN, (run) => (NOT_A_NUMBER.test(run) ? run : REDACTED))
    .replace(/[^\s@"'<>]{1,64}@[^\s@"'<>]{1,255}/g, REDACTED);
}

/**
 * The message of an error, fit for logs and for the failure reason of a job. Knex puts the whole statement
 * with its values before the driver's words: only the latter are kept, without the literals they quote.
 */
export function scrubErrorMessage(message: string): string {
  if (!SQL_STATEMENT.test(message)) return scrubText(message);
  const driverWords = message.slice(message.lastIndexOf(' - ') + 1);
  const words = message.includes(' - ') ? driverWords.slice(2) : 'database error';
  return scrubText(
    words.replace(/'(?:[^']|'')*'/g, `'${REDACTED}'`).replace(/(: )"[^"]*"/g, `$1"${REDACTED}"`),
  );
}

/** A value of a log line with personal data taken out, at every depth, by key and by look. */
export function scrubValue(value: unknown, depth = 0): unknown {
  if (typeof value === 'string') return scrubText(value);
  if (typeof value === 'bigint') return value.toString();
  if (typeof value === 'function' || typeof value === 'symbol') return undefined;
  if (typeof value !== 'object' || value === null) return value;
  if (value instanceof Error) return scrubError(value, depth);
  if (value instanceof Date) return value.toISOString();
  if (depth >= MAX_DEPTH) return '[deep]';
  if (Array.isArray(value)) return value.slice(0, MAX_ITEMS).map((item) => scrubValue(item, depth + 1));
  return scrubFields(value, depth + 1);
}

/** The fields of one object, scrubbed; see {@link scrubValue}. */
export function scrubFields(fields: object, depth = 0): Record<string, unknown> {
  const clean: Record<string, unknown> = {};
  for (const [key, value] of Object.entries(fields)) {
    clean[key] = isPrivate(key) && value !== undefined ? REDACTED : scrubValue(value, depth);
  }
  return clean;
}

/** What a log may say of an error: type, code, scrubbed message and stack, causes. Other fields may be personal. */
export function scrubError(error: Error, depth = 0): Record<string, unknown> {
  const message = scrubErrorMessage(error.message);
  const frames = (error.stack ?? '').split('\n').filter((line) => /^\s+at /.test(line));
  const detail = error as { code?: unknown; kind?: unknown; constraint?: unknown; cause?: unknown };
  return {
    type: error.constructor.name,
    ...textField('code', detail.code),
    ...textField('kind', detail.kind),
    ...textField('constraint', detail.constraint),
    message,
    stack: [`${error.constructor.name}: ${message}`, ...frames.slice(0, 30)].join('\n'),
    ...(detail.cause !== undefined && depth < MAX_DEPTH
      ? { cause: scrubValue(detail.cause, depth + 1) }
      : {}),
  };
}

function textField(key: string, value: unknown): Record<string, unknown> {
  return typeof value === 'string' ? { [key]: scrubText(value) } : {};
}

function isPrivate(key: string): boolean {
  return PRIVATE_KEYS.has(key.replace(/[-_.\s]/g, '').toLowerCase());
}
