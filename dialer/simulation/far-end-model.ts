import type { Instant } from '../../platform/clock/index.ts';
import { DomainError } from '../../platform/errors/index.ts';
import type { Random } from '../../platform/random/index.ts';
import type { PlaceOrder } from '../telephony/port.ts';
import type { Scenario, ScenarioSource } from './scenario.ts';

/** A lognormal time: half of all are below `medianMs`; `sigma` is the deviation of the logarithm. */
export interface Spread {
  medianMs: number;
  sigma: number;
}

/** What a population of far ends is like. Weights are relative to their sum; chances are from 0 to 1. */
export interface FarEndModel {
  weights: Readonly<Record<FarEnd, number>>;
  /** Multiplies the weight of `person`, by hour; 24 numbers. Default all 1. */
  personByHour?: readonly number[];
  setup: Spread;
  personRing: Spread;
  machineRing: Spread;
  talk: Spread;
  patience: Spread;
  /** Of machine detection. */
  detect: Spread;
  /** Chance that detection takes a person for a machine, or a machine for a person. */
  detectionErrs: number;
  /** Chance that a person hangs up as soon as they have picked up. */
  hangsUpAtOnce: number;
  /** Chance that somebody who hears the abandon message presses the opt-out key. */
  optsOut: number;
}

export type FarEnd =
  | 'person'
  | 'machine'
  | 'fax'
  | 'noAnswer'
  | 'busy'
  | 'rejected'
  | 'congestion'
  | 'invalidNumber';

/** A plausible list for the demo, chosen by us; it claims nothing about any real one. */
export const DEFAULT_FAR_END: FarEndModel = {
  weights: {
    person: 30,
    machine: 22,
    fax: 1,
    noAnswer: 32,
    busy: 7,
    rejected: 4,
    congestion: 1,
    invalidNumber: 3,
  },
  setup: { medianMs: 700, sigma: 0.4 },
  personRing: { medianMs: 9_000, sigma: 0.5 },
  machineRing: { medianMs: 20_000, sigma: 0.15 },
  talk: { medianMs: 90_000, sigma: 0.9 },
  patience: { medianMs: 5_000, sigma: 0.6 },
  detect: { medianMs: 1_600, sigma: 0.3 },
  detectionErrs: 0.03,
  hangsUpAtOnce: 0.02,
  optsOut: 0.05,
};

export interface FarEndOptions {
  model: FarEndModel;
  /** One stream for all calls, or a source per order, so that a far end does not depend on who was dialed before. */
  random: Random | ((order: PlaceOrder) => Random);
  now: () => Instant;
  /** The hour at the called party, 0 to 23; default the UTC hour. */
  hourOf?: (at: Instant, order: PlaceOrder) => number;
}

/** Draws each call's far end from the model. */
export function farEndScenarios(options: FarEndOptions): ScenarioSource {
  const { model, random, now, hourOf = utcHour } = options;
  assertModel(model);
  return (order) => {
    const source = typeof random === 'function' ? random(order) : random;
    const factor = model.personByHour?.[hourOf(now(), order)] ?? 1;
    return draw(pick(model.weights, factor, source), model, source);
  };
}

/** Every call draws the same count of numbers, so that one call's fate does not shift the next one's. */
function draw(farEnd: FarEnd, model: FarEndModel, random: Random): Scenario {
  const setupMs = lognormal(model.setup, random);
  const personRing = lognormal(model.personRing, random);
  const machineRing = lognormal(model.machineRing, random);
  const talkMs = lognormal(model.talk, random);
  const patience = lognormal(model.patience, random);
  const detectMs = lognormal(model.detect, random);
  const errs = random.next() < model.detectionErrs;
  const patienceMs = random.next() < model.hangsUpAtOnce ? 0 : patience;
  const optOutAfterMs = random.next() < model.optsOut ? 3_000 : undefined;
  switch (farEnd) {
    case 'person': {
      const heardAs = errs ? 'machine' : 'person';
      const person = {
        result: 'answered',
        by: farEnd,
        setupMs,
        ringMs: personRing,
        talkMs,
        patienceMs,
      } as const;
      return { ...person, detectMs, heardAs, optOutAfterMs };
    }
    case 'machine':
    case 'fax': {
      const heardAs = errs ? 'person' : farEnd;
      // a recorder stops by itself when nobody speaks any more
      const machine = {
        result: 'answered',
        by: farEnd,
        setupMs,
        ringMs: machineRing,
        talkMs: 30_000,
      } as const;
      return { ...machine, patienceMs: 30_000, detectMs, heardAs };
    }
    case 'noAnswer':
      return { result: farEnd, setupMs };
    default:
      return { result: farEnd, setupMs, ringMs: personRing };
  }
}

function pick(weights: FarEndModel['weights'], personFactor: number, random: Random): FarEnd {
  const person = weights.person * personFactor;
  let total = person - weights.person;
  for (const kind of KINDS) total += weights[kind];
  let rest = random.next() * total - person;
  if (rest < 0) return 'person';
  for (const kind of KINDS) {
    if (kind === 'person') continue;
    rest -= weights[kind];
    if (rest < 0) return kind;
  }
  return 'noAnswer';
}

const KINDS: readonly FarEnd[] = [
  'person',
  'machine',
  'fax',
  'noAnswer',
  'busy',
  'rejected',
  'congestion',
  'invalidNumber',
];

const LONGEST_MS = 4 * 3_600_000;

/** Box and Muller, "A Note on the Generation of Random Normal Deviates" (1958); cut at four hours. */
function lognormal({ medianMs, sigma }: Spread, random: Random): number {
  const radius = Math.sqrt(-2 * Math.log(1 - random.next()));
  const normal = radius * Math.cos(2 * Math.PI * random.next());
  return Math.min(LONGEST_MS, Math.round(medianMs * Math.exp(sigma * normal)));
}

function utcHour(at: Instant): number {
  return Math.floor(at / 3_600_000) % 24;
}

function assertModel(model: FarEndModel): void {
  const weights = KINDS.map((kind) => model.weights[kind]);
  const chances = [model.detectionErrs, model.hangsUpAtOnce, model.optsOut];
  const spreads = [
    model.setup,
    model.personRing,
    model.machineRing,
    model.talk,
    model.patience,
    model.detect,
  ];
  const ok =
    weights.every(isAmount) &&
    weights.some((weight) => weight > 0) &&
    chances.every((chance) => chance >= 0 && chance <= 1) &&
    spreads.every(({ medianMs, sigma }) => isAmount(medianMs) && isAmount(sigma)) &&
    (model.personByHour === undefined ||
      (model.personByHour.length === 24 && model.personByHour.every(isAmount)));
  if (ok) return;
  const advice =
    'A far-end model has weights and times of 0 or more, chances from 0 to 1, and 24 hours if any';
  throw new DomainError('invalid', 'far_end_model_invalid', advice);
}

function isAmount(value: number): boolean {
  return Number.isFinite(value) && value >= 0;
}
