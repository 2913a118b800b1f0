import { describe, test } from 'node:test';
import { agentPhones } from './conformance/agent-phones.ts';
import { answeredCalls } from './conformance/answered-calls.ts';
import { connection } from './conformance/connection.ts';
import { Bench, type TelephonyLab } from './conformance/lab.ts';
import { placing } from './conformance/placing.ts';

export type { Behaviour, TelephonyLab } from './conformance/lab.ts';

/**
 * What every adapter of the telephony port must do. Run it as
 * `telephonyConformance('simulated', async () => makeLab())`.
 */
export function telephonyConformance(name: string, makeLab: () => Promise<TelephonyLab>): void {
  const sentence = (title: string, body: (bench: Bench) => Promise<void>): void => {
    test(title, async () => {
      const lab = await makeLab();
      try {
        await body(new Bench(lab));
      } finally {
        await lab.close();
      }
    });
  };
  describe(`telephony on ${name}: placing`, () => placing(sentence));
  describe(`telephony on ${name}: the answered call`, () => answeredCalls(sentence));
  describe(`telephony on ${name}: agents' phones`, () => agentPhones(sentence));
  describe(`telephony on ${name}: connection`, () => connection(sentence));
}
