import { parseArgs } from 'node:util';
import { DomainError } from '../../platform/errors/index.ts';

/** One option of a command, as `--name VALUE` or, without `value`, as a switch. */
export interface OptionSpec {
  value?: string;
  help: string;
}

export interface Invocation {
  /** The words that are no options, without the command's own name. */
  words: string[];
  options: Record<string, string | boolean | undefined>;
  /** Answer as one JSON object on standard output. */
  json: boolean;
  env: NodeJS.ProcessEnv;
}

export interface Command {
  /** `import`, `user add`. */
  name: string;
  /** What stands behind the name, for the help: `FILE --list NAME`. */
  usage: string;
  summary: string;
  options: Record<string, OptionSpec>;
  /** How many words it takes. */
  words: { min: number; max: number };
  /** @returns what `--json` prints; `text` is printed otherwise */
  run(invocation: Invocation): Promise<CommandResult>;
}

export interface CommandResult {
  data: Record<string, unknown>;
  text: string;
}

/** The command was used wrongly: exit status 2. */
export class UsageError extends Error {}

export const EXIT = { done: 0, failed: 1, usage: 2 } as const;

/** Reads a command's options and words. @throws UsageError */
export function parseInvocation(command: Command, args: string[], env: NodeJS.ProcessEnv): Invocation {
  const known = Object.entries({ ...command.options, json: {}, help: {} } as Record<
    string,
    Partial<OptionSpec>
  >);
  const options = Object.fromEntries(
    known.map(([name, spec]) => [name, { type: spec.value ? ('string' as const) : ('boolean' as const) }]),
  );
  try {
    const { values, positionals } = parseArgs({ args, options, allowPositionals: true, strict: true });
    if (values.help) return { words: [], options: { help: true }, json: false, env };
    if (positionals.length < command.words.min || positionals.length > command.words.max) {
      throw new UsageError(`usage: dialwright ${command.name} ${command.usage}`);
    }
    return { words: positionals, options: values, json: values.json === true, env };
  } catch (error) {
    if (error instanceof UsageError) throw error;
    throw new UsageError(error instanceof Error ? error.message : String(error));
  }
}

export function helpFor(command: Command): string {
  const options = {
    ...command.options,
    json: { help: 'answer as one JSON object' },
    help: { help: 'this text' },
  };
  const lines = Object.entries(options as Record<string, OptionSpec>).map(([name, spec]) => {
    const left = `  --${name}${spec.value ? ` ${spec.value}` : ''}`;
    return `${left.padEnd(26)} ${spec.help}`;
  });
  return `usage: dialwright ${command.name} ${command.usage}\n\n${command.summary}\n\n${lines.join('\n')}\n`;
}

/** A number from an option. @throws UsageError */
export function numberOption(invocation: Invocation, name: string, fallback: number): number {
  const text = invocation.options[name];
  if (text === undefined) return fallback;
  const value = Number(text);
  if (typeof text !== 'string' || !Number.isInteger(value) || value < 1) {
    throw new UsageError(`--${name} takes a whole number from 1 on`);
  }
  return value;
}

export function textOption(invocation: Invocation, name: string): string | undefined {
  const value = invocation.options[name];
  return typeof value === 'string' ? value : undefined;
}

/** What a person reads of an error; never a stack, never what a database was given. */
export function messageOf(error: unknown): string {
  if (!(error instanceof DomainError)) return error instanceof Error ? error.message : String(error);
  const issues = error.issues.map((issue) => `  ${issue.path}: ${issue.message}`);
  return [error.message, ...issues].join('\n');
}
