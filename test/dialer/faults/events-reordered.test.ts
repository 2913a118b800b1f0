import { test } from 'node:test';
import { randomFaults } from '../../../dialer/simulation/index.ts';
import { seededRandom } from '../../../platform/random/index.ts';
import { anyFarEnd, assertRecovers } from '../support/fault-floor.ts';
import { floors, someone } from '../support/floors.ts';

const newFloor = floors();

for (const seed of ['a', 'b']) {
  test(`while events overtake each other, every attempt ends once and the floor goes on (seed ${seed})`, async () => {
    const faults = randomFaults({ reordered: 0.5, reorderMs: 1_000 }, seededRandom(seed));
    const floor = newFloor({ seed, faults, scenario: anyFarEnd, plan: { mode: 'ratio', ratio: 1.5 } });
    floor.business.addLeads(60, someone);
    await floor.start(5);
    await floor.minutes(8);
    floor.network.setFaults(undefined);
    await assertRecovers(floor);
  });
}
