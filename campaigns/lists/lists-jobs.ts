import { z } from 'zod';
import { defineJob, type Queue } from '../../platform/queue/index.ts';
import { idField } from '../routes/index.ts';
import type { ImportService } from './imports-service.ts';

const DAY_MS = 24 * 3_600_000;

/** Loads a list. It may be cut off and run again any number of times: it goes on behind its last chunk. */
export const listImportJob = defineJob('list.import', {
  schema: z.strictObject({ importId: idField }),
  attempts: 5,
  maxCrashes: 100,
  timeoutMs: DAY_MS,
});

/** Gives the worker's queue what it needs to run imports; once, before it starts. */
export function handleListJobs(queue: Pick<Queue, 'handle'>, imports: ImportService): void {
  queue.handle(listImportJob, async ({ payload: { importId }, attempt, signal }) => {
    try {
      await imports.run(importId, { signal });
    } catch (error) {
      if (signal.aborted || attempt < listImportJob.attempts) throw error;
      await imports.giveUp(importId, 'import_failed', { signal });
      throw error;
    }
  });
}
