import type { MigrationStep } from '../platform/db/index.ts';
import { people } from './001-people.ts';
import { campaigns } from './002-campaigns.ts';
import { leads } from './003-leads.ts';
import { calls } from './004-calls.ts';
import { platform } from './005-platform.ts';

/** All steps, in order. Add at the end; never change one that was released. */
export const migrations: readonly MigrationStep[] = [people, campaigns, leads, calls, platform];
