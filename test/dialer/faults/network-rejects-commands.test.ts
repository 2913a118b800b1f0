import assert from 'node:assert/strict';
import { test } from 'node:test';
import { DomainError } from '../../../platform/errors/index.ts';
import { seededRandom } from '../../../platform/random/index.ts';
import { anyFarEnd, assertRecovers, refusing } from '../support/fault-floor.ts';
import { floors, someone } from '../support/floors.ts';

const newFloor = floors();
const unavailable = () => new DomainError('unavailable', 'telephony_unavailable', 'No switch');
const COMMANDS = ['place', 'connect', 'playMessage', 'hangUp', 'openCalls'] as const;

for (const command of COMMANDS) {
  test(`while the switch takes no ${command}, nothing goes in a circle, and all ends when it does again`, async () => {
    let broken = false;
    let asked = 0;
    const wires = refusing((name) => {
      if (!broken || name !== command) return undefined;
      asked += 1;
      return unavailable();
    });
    const floor = newFloor({
      seed: command,
      wires,
      scenario: anyFarEnd,
      plan: { mode: 'ratio', ratio: 1.5 },
    });
    floor.business.addLeads(40, someone);
    await floor.start(4);
    await floor.seconds(20);
    broken = true;
    await floor.minutes(2);
    assert.ok(asked < 400, `${asked} times asked in two minutes`);
    broken = false;
    await assertRecovers(floor);
  });
}

test('a switch that refuses every tenth command at random leaves no call behind', async () => {
  const random = seededRandom('refusals');
  let broken = true;
  const wires = refusing((name) =>
    broken && (COMMANDS as readonly string[]).includes(name) && random.next() < 0.1
      ? unavailable()
      : undefined,
  );
  const floor = newFloor({ seed: 'refusals', wires, scenario: anyFarEnd });
  floor.business.addLeads(60, someone);
  await floor.start(5);
  await floor.minutes(10);
  broken = false;
  await assertRecovers(floor);
});
