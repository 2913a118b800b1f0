import { isDomainError } from '../../platform/errors/index.ts';
import { type Command, EXIT, helpFor, messageOf, parseInvocation, UsageError } from './command.ts';

export interface Terminal {
  out(text: string): void;
  error(text: string): void;
}

/** Runs one command line. @returns the exit status: 0 done, 1 failed, 2 used wrongly */
export async function runCli(
  commands: readonly Command[],
  args: readonly string[],
  context: { env: NodeJS.ProcessEnv; terminal: Terminal },
): Promise<number> {
  const { env, terminal } = context;
  const found = findCommand(commands, args);
  if (!found) return overview(commands, args, terminal);
  const { command, rest } = found;
  try {
    const invocation = parseInvocation(command, rest, env);
    if (invocation.options.help) {
      terminal.out(helpFor(command));
      return EXIT.done;
    }
    const result = await command.run(invocation);
    terminal.out(invocation.json ? `${JSON.stringify(result.data)}\n` : `${result.text}\n`);
    return EXIT.done;
  } catch (error) {
    return report(error, rest.includes('--json'), terminal);
  }
}

function findCommand(
  commands: readonly Command[],
  args: readonly string[],
): { command: Command; rest: string[] } | undefined {
  for (const words of [2, 1]) {
    const command = commands.find((candidate) => candidate.name === args.slice(0, words).join(' '));
    if (command) return { command, rest: args.slice(words) };
  }
  return undefined;
}

function overview(commands: readonly Command[], args: readonly string[], terminal: Terminal): number {
  const lines = commands.map((command) => `  ${command.name.padEnd(12)} ${command.summary.split('\n')[0]}`);
  const text = `usage: dialwright COMMAND [--help] [--json]\n\n${lines.join('\n')}\n`;
  const asked = args[0] === undefined || args[0] === '--help' || args[0] === 'help';
  if (asked && args[0] !== undefined) {
    terminal.out(text);
    return EXIT.done;
  }
  terminal.error(args[0] === undefined ? text : `dialwright: there is no command "${args[0]}"\n\n${text}`);
  return EXIT.usage;
}

function report(error: unknown, json: boolean, terminal: Terminal): number {
  const usage = error instanceof UsageError || isDomainError(error, 'bad_configuration');
  const code = isDomainError(error) ? error.code : usage ? 'usage' : 'failed';
  if (json) terminal.out(`${JSON.stringify({ error: { code, message: messageOf(error) } })}\n`);
  terminal.error(`dialwright: ${messageOf(error)}\n`);
  return usage ? EXIT.usage : EXIT.failed;
}
