import { loadConfig } from '../../../platform/config/index.ts';
import { openGround } from '../../compose/ground.ts';
import { type RunningProcess, startProcess } from '../../compose/process.ts';
import type { Command } from '../command.ts';
import { ensureWebBuilt } from '../ensure-web-built.ts';

/** `start`: the system itself, until it is told to stop. */
export const startCommand: Command = {
  name: 'start',
  usage: '',
  summary:
    'Start the system: migrates the database, loads the demo into an empty one, and serves until it is stopped.\nSettings come from the environment: see .env.example.',
  options: {},
  words: { min: 0, max: 0 },
  async run({ env, json }) {
    const config = loadConfig(env);
    const ground = await openGround(config);
    const stopAsked = signalled();
    await ensureWebBuilt((line) => ground.log.info({}, line));
    let running: RunningProcess;
    try {
      running = await startProcess(ground);
    } catch (error) {
      await ground.close();
      throw error;
    }
    const url = running.url.replace('127.0.0.1', 'localhost');
    process.stdout.write(
      json ? `${JSON.stringify({ url, demo: running.demo })}\n` : `${welcome(url, running)}\n`,
    );
    await stopAsked;
    ground.log.info({}, 'stopping: no more calls are placed');
    await running.stop();
    return { data: { stopped: true }, text: 'Stopped. Everything is on disk.' };
  },
};

function welcome(url: string, { demo }: RunningProcess): string {
  const hint = demo ? '\nThe demo is running: sign in as one of the people the page shows.' : '';
  return `\n  Dialwright is up: ${url}\n${hint}\n  API: ${url}/api/docs   Stop with Ctrl+C.\n`;
}

/** Resolves at the first SIGINT or SIGTERM; a second one ends the process at once. */
function signalled(): Promise<void> {
  return new Promise((resolve) => {
    let asked = false;
    const ask = () => {
      if (asked) process.exit(1);
      asked = true;
      resolve();
    };
    process.on('SIGINT', ask);
    process.on('SIGTERM', ask);
  });
}
