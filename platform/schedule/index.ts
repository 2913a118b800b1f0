export { type Firing, firingSchema, Schedule, type ScheduleEntry, type ScheduleOptions } from './schedule.ts';
export { createScheduleTables, dropScheduleTables } from './schedule-tables.ts';
