import { loadConfig } from '../../../platform/config/index.ts';
import { openGround } from '../../compose/ground.ts';
import type { Command } from '../command.ts';

/** `migrate`: the database's schema brought up to date, nothing else. */
export const migrateCommand: Command = {
  name: 'migrate',
  usage: '',
  summary: 'Bring the database up to date. `start` does it too.',
  options: {},
  words: { min: 0, max: 0 },
  async run({ env }) {
    const ground = await openGround(loadConfig(env));
    await ground.close();
    const steps = [...ground.migrated];
    const text = steps.length === 0 ? 'The database is up to date.' : `Ran ${steps.join(', ')}.`;
    return { data: { steps }, text };
  },
};
