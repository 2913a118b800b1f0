export { BullQueue, type BullQueueOptions } from './bull-queue.ts';
export { DatabaseQueue, type DatabaseQueueOptions } from './database-queue.ts';
export {
  type AddOptions,
  type Backoff,
  backoffMs,
  defineJob,
  type JobCounts,
  type JobHandler,
  type JobHealth,
  type JobInfo,
  type JobKind,
  type JobProgress,
  type JobRun,
  type JobState,
  type JobType,
  PermanentJobError,
  type Queue,
} from './queue.ts';
export { createQueueTables, dropQueueTables } from './queue-tables.ts';
