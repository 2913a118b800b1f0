import { testDatabases } from '../support/databases.ts';
import { testRedis } from '../support/redis.ts';
import { queueConformance } from './queue-conformance.ts';

for (const engine of testDatabases()) {
  const soleProcess = engine.name === 'SQLite';
  queueConformance({ name: `in the database, ${engine.name}`, engine, soleProcess });
}

const engine = testDatabases().at(-1);
if (testRedis() && engine) {
  queueConformance({ name: `Bull on Redis, intents in ${engine.name}`, engine, redis: testRedis });
}
