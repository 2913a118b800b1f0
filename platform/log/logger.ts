import { pino } from 'pino';
import { scrubError, scrubFields, scrubText, scrubValue } from './scrub.ts';

export type LogFields = Record<string, unknown>;

type Write = (fields: LogFields, message: string) => void;

/**
 * What the rest of the system logs through: fields first (ids, codes, counts; an error under `err`), then a
 * sentence. An `error` line means that someone must act. Personal data is taken out on the way, but do not
 * rely on it: log ids.
 */
export interface Logger {
  readonly debug: Write;
  readonly info: Write;
  readonly warn: Write;
  readonly error: Write;
  readonly fatal: Write;
  /** A logger that adds `fields` to each of its lines. */
  child(fields: LogFields): Logger;
}

export interface LogOptions {
  level: string;
  /** Where lines go; standard output by default. */
  destination?: { write(line: string): void };
}

/**
 * The pino logger, JSON lines, for what needs pino's own (pino-http); all else takes {@link createLogger}.
 * Fields, messages and errors are scrubbed of personal data; bindings given to pino's own `child` are not, so
 * whoever calls it gives serializers that pick what is harmless (id, method, route, status).
 */
export function createPino({ level, destination }: LogOptions): pino.Logger {
  const options: pino.LoggerOptions = {
    level,
    base: null,
    formatters: {
      level: (label) => ({ level: label }),
      log: (fields) => scrubFields(fields),
    },
    serializers: {
      err: (error: unknown) => (error instanceof Error ? scrubError(error) : scrubValue(error)),
    },
    hooks: {
      logMethod(args, method) {
        const clean = args.map((arg) => (typeof arg === 'string' ? scrubText(arg) : arg));
        method.apply(this, clean as Parameters<typeof method>);
      },
    },
  };
  return destination ? pino(options, destination) : pino(options);
}

/** The logger of the system; wire it once and hand out children. */
export function createLogger(options: LogOptions): Logger {
  return fromPino(createPino(options));
}

/** Our interface over a pino logger. */
export function fromPino(target: pino.Logger): Logger {
  return {
    debug: (fields, message) => target.debug(fields, message),
    info: (fields, message) => target.info(fields, message),
    warn: (fields, message) => target.warn(fields, message),
    error: (fields, message) => target.error(fields, message),
    fatal: (fields, message) => target.fatal(fields, message),
    child: (fields) => fromPino(target.child(scrubFields(fields))),
  };
}

/** Says nothing; for tests and tools. */
export const silentLogger: Logger = {
  debug: () => {},
  info: () => {},
  warn: () => {},
  error: () => {},
  fatal: () => {},
  child: () => silentLogger,
};
