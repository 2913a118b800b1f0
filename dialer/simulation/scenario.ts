import { z } from 'zod';
import { DomainError } from '../../platform/errors/index.ts';
import type { AnsweredBy } from '../telephony/network-event.ts';
import type { PlaceOrder } from '../telephony/port.ts';

const ms = z.int().min(0).max(86_400_000);

const scenarioSchema = z.strictObject({
  result: z.enum(['answered', 'noAnswer', 'busy', 'rejected', 'congestion', 'invalidNumber', 'trunkFailure']),
  setupMs: ms.optional(),
  ringMs: ms.optional(),
  by: z.enum(['person', 'machine', 'fax']).optional(),
  detectMs: ms.optional(),
  heardAs: z.enum(['person', 'machine', 'fax', 'unknown']).optional(),
  patienceMs: ms.optional(),
  talkMs: ms.optional(),
  listensMs: ms.optional(),
  optOutAfterMs: ms.optional(),
});

/** What the far end of one call does. All times in whole ms. */
export interface Scenario {
  result: 'answered' | 'noAnswer' | 'busy' | 'rejected' | 'congestion' | 'invalidNumber' | 'trunkFailure';
  /** From the order to the first ring, or to the refusal; default 0. */
  setupMs?: number | undefined;
  /** From the first ring to the answer or rejection; default 0. With `noAnswer`: until the network gives up. */
  ringMs?: number | undefined;
  /** Default `person`. */
  by?: 'person' | 'machine' | 'fax' | undefined;
  /** How long machine detection takes, if the order asks for it; default 0. */
  detectMs?: number | undefined;
  /** What detection says, where it errs; default the truth. */
  heardAs?: AnsweredBy | undefined;
  /** From picking up, or from losing the agent, to hanging up with nobody there; default never. 0: at once. */
  patienceMs?: number | undefined;
  /** From being joined to an agent to hanging up; default never: the agent ends it. */
  talkMs?: number | undefined;
  /** How long they listen to a recorded message before hanging up; default to its end. */
  listensMs?: number | undefined;
  /** Presses the opt-out key so long into the message; default never. */
  optOutAfterMs?: number | undefined;
}

/** Decides what the far end of an order does. */
export type ScenarioSource = (order: PlaceOrder) => Scenario;

/** A scenario that came with an order; anything else throws `invalid` / `scenario_invalid` with what is wrong. */
export function parseScenario(value: unknown): Scenario {
  const parsed = scenarioSchema.safeParse(value);
  if (parsed.success) return parsed.data;
  const issues = parsed.error.issues.map(({ path, code, message }) => ({
    path: `/${path.join('/')}`,
    code,
    message,
  }));
  throw new DomainError('invalid', 'scenario_invalid', 'The scenario of a simulated call is not valid', {
    issues,
  });
}
