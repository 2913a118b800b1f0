import { openDatabase } from '../../platform/db/index.ts';
import { crashing, openQueue, type QueuePlace } from './queue-lab.ts';

/** A worker process that takes a job, says so, and never ends it: to be killed. */
const place = JSON.parse(process.argv[2] ?? '') as QueuePlace;
const queue = openQueue(place, openDatabase(place.location));
queue.handle(crashing, async ({ payload }) => {
  process.stdout.write(`took ${payload.n}\n`);
  await new Promise(() => {});
});
await queue.start();
setInterval(() => {}, 60_000);
