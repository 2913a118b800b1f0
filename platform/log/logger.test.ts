import assert from 'node:assert/strict';
import { test } from 'node:test';
import { DomainError } from '../errors/index.ts';
import { createLogger, type Logger, scrubErrorMessage, scrubText } from './index.ts';

function capture(): { log: Logger; lines: () => string; last: () => Record<string, unknown> } {
  const written: string[] = [];
  const log = createLogger({ level: 'debug', destination: { write: (line) => written.push(line) } });
  return { log, lines: () => written.join(''), last: () => JSON.parse(written.at(-1) ?? '{}') };
}

test('a number, a name and a token do not come out, whatever holds them', () => {
  const { log, lines } = capture();
  const secrets = {
    e164: '+8613800138000',
    firstName: 'Mingxia',
    headers: { Cookie: 's=abcdef', 'set-cookie': ['x'] },
  };
  log.info(
    { lead: secrets, list: [{ phone_number: '13800138000' }], note: 'rang 138 0013 8000' },
    'to +86 138-0013-8000',
  );
  log
    .child({ callerId: '02088886666', customer: { display_name: 'Mingxia' } })
    .warn({}, 'mail a.b@example.com');
  assert.doesNotMatch(lines(), /138|8000|Mingxia|abcdef|8888|example/);
  assert.match(lines(), /\[redacted\]/);
});

test('what a person wrote, a row of a list and the way into a database do not come out', () => {
  const { log, lines } = capture();
  const password = 'Hunter2'.repeat(20);
  const fields = {
    note: 'Hunter2',
    profile: { spouse: 'Hunter2' },
    cells: ['Hunter2'],
    databaseUrl: 'Hunter2',
  };
  log.warn(fields, `cannot reach postgres://dialer:${password}@db.example:5432/x`);
  log.error({ err: new Error(`rediss://:${password}@cache/0 is away`), passwordHash: 'Hunter2' }, 'failed');
  assert.doesNotMatch(lines(), /Hunter2/);
  assert.match(lines(), /is away/);
});

test('an error tells its type, code and scrubbed words, not its other fields, and neither do its causes', () => {
  const { log, last, lines } = capture();
  const cause = Object.assign(new Error('Key (e164)=(+4915112345678) exists'), {
    detail: 'Frieda',
    bindings: ['Frieda'],
  });
  log.error(
    { err: new DomainError('conflict', 'number_taken', 'cannot dial 4915112345678', { cause }) },
    'failed',
  );
  assert.doesNotMatch(lines(), /49151|345678|Frieda/);
  const err = last().err as Record<string, unknown>;
  assert.equal(err.type, 'DomainError');
  assert.equal(err.code, 'number_taken');
  assert.match(String(err.stack), /logger\.test/);
});

test('an error under another key is scrubbed too', () => {
  const { log, lines } = capture();
  log.error({ reason: new Error('no route to 13800138000') }, 'failed');
  assert.doesNotMatch(lines(), /138001/);
  assert.match(lines(), /no route to/);
});

test('ids, instants, durations, dates and addresses of machines stay readable', () => {
  const { log, last } = capture();
  const fields = {
    leadId: '01jd3456789012345678',
    at: 1_763_832_282_000,
    day: '2026-11-22T17:24:42.123Z',
    ip: '192.168.100.200',
  };
  log.info(fields, 'took 1234567.25 ms');
  const line = last();
  for (const [key, value] of Object.entries(fields)) assert.equal(line[key], value);
  assert.equal(line.msg, 'took 1234567.25 ms');
  assert.equal(line.level, 'info');
});

test('phone numbers are found in the ways people write them', () => {
  for (const number of [
    '+1 (212) 555-0123',
    '１３８００１３８０００',
    '010-88886666',
    '212.555.0123',
    '+44 20 7946 0958',
  ]) {
    assert.equal(scrubText(`电话${number}转`).replace('x801', ''), '电话[redacted]转', number);
  }
});

test('of a statement with its values only the driver speaks', () => {
  const message =
    "insert into `customers` (`name`) values ('Ann - Lee') - SQLITE_CONSTRAINT: UNIQUE failed: customers.e164";
  assert.equal(scrubErrorMessage(message), 'SQLITE_CONSTRAINT: UNIQUE failed: customers.e164');
  assert.equal(scrubErrorMessage("select 'Ann'"), 'database error');
  assert.equal(
    scrubErrorMessage('insert into x values ($1) - invalid input syntax for type integer: "Ann"'),
    'invalid input syntax for type integer: "[redacted]"',
  );
});

test('a long message is cut', () => {
  assert.ok(scrubText('word '.repeat(10_000)).length <= 4_000);
});

test('a circular or very deep value does not stop the log', () => {
  const { log, lines } = capture();
  const loop: Record<string, unknown> = {};
  loop.self = loop;
  log.info({ loop }, 'round');
  assert.match(lines(), /\[deep\]/);
});
