import '../../platform/clock/utc-process.ts';
import type { Command } from './command.ts';
import { backupCommand } from './commands/backup-command.ts';
import { importCommand } from './commands/import-command.ts';
import { migrateCommand } from './commands/migrate-command.ts';
import { replayCommand } from './commands/replay-command.ts';
import { simulateCommand } from './commands/simulate-command.ts';
import { startCommand } from './commands/start-command.ts';
import { userAddCommand } from './commands/user-command.ts';
import { runCli } from './run-cli.ts';

const COMMANDS: readonly Command[] = [
  startCommand,
  migrateCommand,
  userAddCommand,
  importCommand,
  replayCommand,
  simulateCommand,
  backupCommand,
];

const status = await runCli(COMMANDS, process.argv.slice(2), {
  env: process.env,
  terminal: {
    out: (text) => void process.stdout.write(text),
    error: (text) => void process.stderr.write(text),
  },
});
// whatever a failed command has left open must not keep the process: what it had to say is said
process.exit(status);
