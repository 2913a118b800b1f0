import type { AttemptFacts, CallRecord, OutcomeName } from '../../dialer/ports.ts';
import type { Id } from '../../platform/ids/index.ts';
import { type Random, seededRandom } from '../../platform/random/index.ts';
import type { CallDriver } from './call-driver.ts';
import { START } from './campaign-world.ts';

/**
 * A day's calls from a seed, told to the stores in batches as the engine would: several agents with sessions, all
 * outcomes, results, callbacks, records said twice. For what must hold whatever happens.
 */
export async function playDay(
  driver: CallDriver,
  { seed, rounds }: { seed: string; rounds: number },
): Promise<{ calls: number; now: number }> {
  const random = seededRandom(seed);
  const floor = new Floor(driver, random);
  await floor.signIn(START);
  let now = START;
  for (let round = 0; round < rounds; round++) {
    now += 60_000 + Math.floor(random.next() * 1_500_000);
    await floor.round(now);
  }
  await floor.signOut(now + 3_600_000);
  return { calls: floor.calls, now };
}

const UNANSWERED: OutcomeName[] = [
  'machine',
  'fax',
  'noAnswer',
  'noAnswer',
  'busy',
  'congestion',
  'rejected',
  'invalid',
  'failed',
  'cancelled',
  'hungUpWaiting',
  'abandoned',
  'unknown',
];
const RESULTS = [
  'sale',
  'refusalPrice',
  'refusalNoNeed',
  'callback',
  'undecidedThinking',
  'notAvailable',
  'wrongPerson',
  'doNotCall',
  'machine',
];

type StateChange = Extract<CallRecord, { type: 'agentStateChanged' }>;

class Desk {
  readonly #who: { sessionId: Id; agentId: Id; campaignId: Id };
  #ordinal = 0;
  #now: StateChange['previous'] = null;

  constructor(driver: CallDriver, agentId: Id) {
    this.#who = { sessionId: driver.world.ids.next(), agentId, campaignId: driver.world.campaignId };
  }

  get agentId(): Id {
    return this.#who.agentId;
  }

  get sessionId(): Id {
    return this.#who.sessionId;
  }

  started(driver: CallDriver, at: number): CallRecord {
    const { vendorId, teamId } = driver.world;
    return { type: 'sessionStarted', ...this.#who, vendorId, teamId, at };
  }

  moved(state: StateChange['state'], at: number): CallRecord {
    const previous = this.#now;
    this.#now = { state, startedAt: at };
    const change = { ordinal: this.#ordinal++, at, previous, state, reason: '', attemptId: null };
    return { type: 'agentStateChanged', ...this.#who, ...change };
  }

  ended(at: number): CallRecord {
    const previous = this.#now ?? { state: 'paused' as const, startedAt: at };
    return { type: 'sessionEnded', ...this.#who, ordinal: this.#ordinal, at, reason: 'signed_out', previous };
  }
}

class Floor {
  readonly #driver: CallDriver;
  readonly #random: Random;
  readonly #desks: Desk[];
  calls = 0;

  constructor(driver: CallDriver, random: Random) {
    this.#driver = driver;
    this.#random = random;
    this.#desks = driver.world.agentIds.map((agentId) => new Desk(driver, agentId));
  }

  async signIn(at: number): Promise<void> {
    for (const desk of this.#desks) {
      await this.#driver.record(desk.started(this.#driver, at - 3));
      await this.#driver.record(desk.moved('paused', at), desk.moved('available', at + 5));
    }
  }

  async signOut(at: number): Promise<void> {
    await this.#driver.record(...this.#desks.map((desk) => desk.ended(at)));
  }

  /** Each agent has at most one call, other lines end without one; all of it in one batch, some of it twice. */
  async round(now: number): Promise<void> {
    const batch: CallRecord[] = [];
    const talks: AttemptFacts[] = [];
    const idle = [...this.#desks];
    for (const lead of await this.#driver.next(10, now)) {
      const facts = await this.#driver.claim(lead, now);
      if (!facts) continue;
      this.calls++;
      const desk = this.#random.next() < 0.35 ? idle.pop() : undefined;
      if (!desk) batch.push({ type: 'attemptEnded', attempt: this.#unanswered(facts) });
      else talks.push(this.#talk(facts, desk, batch));
    }
    const doubled = batch.flatMap((one) => (this.#random.next() < 0.2 ? [one, one] : [one]));
    await this.#driver.record(...doubled);
    if (this.#random.next() < 0.3)
      await this.#driver.record(...batch.filter(({ type }) => type.startsWith('attempt')));
    for (const talk of talks) await this.#dispose(talk);
  }

  #unanswered(facts: AttemptFacts): AttemptFacts {
    const outcome = UNANSWERED[Math.floor(this.#random.next() * UNANSWERED.length)] ?? 'busy';
    const endedAt = facts.orderedAt + 2_000 + Math.floor(this.#random.next() * 25_000);
    const ended = { ...facts, outcome, endedAt };
    if (outcome !== 'abandoned' && outcome !== 'hungUpWaiting') return ended;
    return { ...ended, ringingAt: facts.orderedAt + 500, answeredAt: facts.orderedAt + 1_500 };
  }

  #talk(facts: AttemptFacts, desk: Desk, batch: CallRecord[]): AttemptFacts {
    const answeredAt = facts.orderedAt + 4_000;
    const connectedAt = answeredAt + Math.floor(this.#random.next() * 3_000);
    const talkEndedAt = connectedAt + Math.floor(this.#random.next() * 40_000);
    const wrapUpMs = Math.floor(this.#random.next() * 9_000);
    const joined: AttemptFacts = {
      ...facts,
      ringingAt: facts.orderedAt + 700,
      answeredAt,
      connectedAt,
      connectedLate: connectedAt - answeredAt > 2_000,
      agentId: desk.agentId,
      sessionId: desk.sessionId,
      callId: this.#driver.world.ids.next(),
    };
    const ended: AttemptFacts = { ...joined, talkEndedAt, endedAt: talkEndedAt + 40, outcome: 'answered' };
    const { agentId } = desk;
    const at = talkEndedAt + wrapUpMs;
    const { campaignId } = facts;
    batch.push(
      { type: 'attemptAnswered', attempt: { ...facts, answeredAt } },
      { type: 'attemptConnected', attempt: joined },
      desk.moved('connected', connectedAt),
      desk.moved('wrapUp', talkEndedAt),
      { type: 'attemptEnded', attempt: ended },
      { type: 'wrapUpEnded', callId: joined.callId ?? '', agentId, campaignId, at, wrapUpMs },
      desk.moved('available', at),
    );
    return ended;
  }

  async #dispose(talk: AttemptFacts): Promise<void> {
    if (this.#random.next() < 0.1) return; // owed still at the end of the day
    const code = RESULTS[Math.floor(this.#random.next() * RESULTS.length)] ?? 'sale';
    const callback = { localTime: '2026-11-23T09:30', timeZone: 'Asia/Shanghai', reservedForAgent: false };
    await this.#driver.dispose(talk, {
      code,
      now: (talk.endedAt ?? 0) + 5_000,
      ...(code === 'callback' ? { callback } : {}),
    });
  }
}
