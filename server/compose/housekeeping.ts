import type { ImportService } from '../../campaigns/lists/index.ts';
import type { SessionService } from '../../campaigns/sessions/index.ts';
import type { Clock } from '../../platform/clock/index.ts';
import type { Database } from '../../platform/db/index.ts';
import { defineJob, type Queue } from '../../platform/queue/index.ts';
import { firingSchema, type Schedule } from '../../platform/schedule/index.ts';
import { purgeIdempotencyKeys } from '../http/index.ts';

/** What has served its time is removed: expired sessions, remembered answers, uploads that were read or left. */
const cleaned = defineJob('house.clean', { schema: firingSchema, attempts: 3, keepCompletedMs: 3_600_000 });

const KEEP_UPLOADS_MS = 7 * 24 * 3_600_000;

export interface HousekeepingParts {
  schedule: Schedule;
  queue: Queue;
  sessions: SessionService;
  imports: Pick<ImportService, 'purgeUploads'>;
  db: Database;
  clock: Clock;
}

/** Registers the job and its hourly firing; to be called before the queue starts. */
export function addHousekeeping({ schedule, queue, sessions, imports, db, clock }: HousekeepingParts): void {
  queue.handle(cleaned, async () => {
    await sessions.purge();
    await imports.purgeUploads(clock.now() - KEEP_UPLOADS_MS);
    await purgeIdempotencyKeys(db, clock);
  });
  schedule.add({ name: 'clean-hourly', cron: '17 * * * *', job: cleaned });
}
