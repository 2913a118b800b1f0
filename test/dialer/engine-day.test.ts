import assert from 'node:assert/strict';
import { test } from 'node:test';
import { randomFaults } from '../../dialer/simulation/index.ts';
import { seededRandom } from '../../platform/random/index.ts';
import { anyFarEnd } from './support/fault-floor.ts';
import { assertSound } from './support/floor-invariants.ts';
import { floors, someone } from './support/floors.ts';

const newFloor = floors();
const seed = process.env.DIALWRIGHT_SEED ?? 'a-day';

async function quarterOfAnHour() {
  const faults = randomFaults(
    { lost: 0.01, late: 0.02, duplicated: 0.02, reordered: 0.05 },
    seededRandom(seed),
  );
  const floor = newFloor({
    seed,
    faults,
    scenario: anyFarEnd,
    plan: { mode: 'predictive' },
  });
  floor.business.addLeads(100, someone);
  await floor.start(6);
  await floor.minutes(15);
  await floor.stop();
  assertSound(floor);
  return floor.business.records.map((record) =>
    JSON.stringify(record, (key, value) => (key === 'campaignId' ? '' : value)),
  );
}

test(`a simulated stretch of a day is the same twice from its seed (DIALWRIGHT_SEED=${seed})`, async () => {
  const [first, second] = [await quarterOfAnHour(), await quarterOfAnHour()];
  assert.ok(first.length > 500);
  const differs = first.findIndex((record, index) => record !== second[index]);
  assert.equal(differs, -1, `seed ${seed}: record ${differs}: ${first[differs]} or ${second[differs]}`);
  assert.equal(first.length, second.length);
});
