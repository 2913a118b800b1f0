import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import type { NetworkEvent, PlaceOrder, Telephony } from '../../dialer/telephony/index.ts';
import type { Instant } from '../../platform/clock/index.ts';
import { isDomainError } from '../../platform/errors/index.ts';

/** What a far end can be asked to do; a lab maps each to a number, a SIPp scenario or a simulated one. */
export type Behaviour =
  | 'answersAndStays' // a person, rings about 1 s, never hangs up first
  | 'answersAndTalks' // hangs up 3 s after being joined to an agent
  | 'answersAndGoes' // hangs up 1 s after answering, if nobody comes
  | 'answersAsMachine' // found out only if the order asks for detection
  | 'pressesOptOut' // answers, presses the opt-out key during a message
  | 'rings' // for ever
  | 'isBusy'
  | 'rejects'
  | 'isCongested'
  | 'isNoNumber';

/** One adapter with its far ends, ready to be tried. Every test gets a fresh one. */
export interface TelephonyLab {
  /** Started. */
  telephony: Telephony;
  /** A new order to a far end that behaves so; the trunk has room, the ticket holds, 20 s of ringing. */
  order(behaviour: Behaviour, changes?: Partial<PlaceOrder>): PlaceOrder;
  now(): Instant;
  /** Lets time pass until `done`; rejects if it is not within `withinMs`. */
  until(done: () => boolean, withinMs?: number): Promise<void>;
  /** Lets time pass, for what must not happen. */
  pass(ms: number): Promise<void>;
  /** Cuts off an agent's phone from outside. */
  losePhone(agentId: string): Promise<void>;
  /** Somebody calls us; undefined if this adapter takes no inbound calls. */
  callIn: (() => Promise<void>) | undefined;
  /** Another connection to the same switch, not started: what a restarted process has. */
  another(): Telephony;
  /** Capacity of the trunk that `order` uses. */
  trunkCapacity: number;
  close(): Promise<void>;
}

type EventOf<T extends NetworkEvent['type']> = Extract<NetworkEvent, { type: T }>;

/** A lab with everything it tells written down. */
class Bench {
  readonly lab: TelephonyLab;
  readonly heard: NetworkEvent[] = [];

  constructor(lab: TelephonyLab) {
    this.lab = lab;
    lab.telephony.subscribe((event) => this.heard.push(event));
  }

  of(attemptId: string): NetworkEvent[] {
    return this.heard.filter((event) => 'attemptId' in event && event.attemptId === attemptId);
  }

  types(attemptId: string): string[] {
    return this.of(attemptId).map(({ type }) => type);
  }

  async event<T extends NetworkEvent['type']>(type: T, id: string): Promise<EventOf<T>> {
    const find = (): EventOf<T> | undefined =>
      this.heard.find((event): event is EventOf<T> => event.type === type && subject(event) === id);
    await this.lab.until(() => find() !== undefined);
    const event = find();
    assert.ok(event);
    return event;
  }

  async place(behaviour: Behaviour, changes?: Partial<PlaceOrder>): Promise<string> {
    const order = this.lab.order(behaviour, changes);
    await this.lab.telephony.place(order);
    return order.attemptId;
  }

  async agent(agentId: string): Promise<string> {
    await this.lab.telephony.openAgentPhone({ agentId });
    await this.event('agentPhoneReady', agentId);
    return agentId;
  }

  /** A call in the middle of a talk. */
  async talk(behaviour: Behaviour, agentId: string): Promise<string> {
    const attemptId = await this.place(behaviour);
    await this.event('answered', attemptId);
    await this.lab.telephony.connect(attemptId, agentId);
    await this.event('connected', attemptId);
    return attemptId;
  }
}

function subject(event: NetworkEvent): string {
  if ('attemptId' in event) return event.attemptId;
  return event.type === 'inboundOffered' ? event.callId : event.agentId;
}

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

type Sentence = (title: string, body: (bench: Bench) => Promise<void>) => void;

function placing(sentence: Sentence): void {
  const causes = [
    ['isBusy', 'busy'],
    ['rejects', 'rejected'],
    ['isCongested', 'congestion'],
    ['isNoNumber', 'invalidNumber'],
  ] as const;
  for (const [behaviour, cause] of causes) {
    sentence(`a far end that ${behaviour} ends the call as ${cause}`, async (bench) => {
      const ended = await bench.event('ended', await bench.place(behaviour));
      assert.equal(ended.cause, cause);
    });
  }

  sentence('a line nobody answers is given up as noAnswer when its ring time is over', async (bench) => {
    const begun = bench.lab.now();
    const ended = await bench.event('ended', await bench.place('rings', { ringTimeoutMs: 4_000 }));
    assert.equal(ended.cause, 'noAnswer');
    assert.ok(ended.at - begun >= 4_000 && ended.at - begun < 6_000, `${ended.at - begun} ms`);
  });

  sentence('an order whose ticket has expired dials nobody and ends as cancelled', async (bench) => {
    const attemptId = await bench.place('answersAndStays', { ticketExpiresAt: bench.lab.now() - 1 });
    const ended = await bench.event('ended', attemptId);
    assert.deepEqual([ended.cause, ended.by], ['cancelled', 'system']);
    await bench.lab.pass(3_000);
    assert.deepEqual(bench.types(attemptId), ['ended']);
  });

  sentence('the same order twice dials once, also after the call has ended', async (bench) => {
    const order = bench.lab.order('answersAndGoes');
    await bench.lab.telephony.place(order);
    await bench.lab.telephony.place(order);
    await bench.event('ended', order.attemptId);
    await bench.lab.telephony.place(order);
    await bench.lab.pass(3_000);
    assert.deepEqual(bench.types(order.attemptId), ['ringing', 'answered', 'ended']);
  });

  sentence('an order to an unknown trunk ends as trunkFailure', async (bench) => {
    const ended = await bench.event(
      'ended',
      await bench.place('answersAndStays', { trunkId: 'no-such-trunk' }),
    );
    assert.equal(ended.cause, 'trunkFailure');
  });

  sentence('a trunk counts the calls it carries', async (bench) => {
    const { telephony } = bench.lab;
    const inUse = (): number => telephony.trunks().reduce((sum, trunk) => sum + trunk.inUse, 0);
    const attemptId = await bench.place('answersAndStays');
    assert.equal(inUse(), 1);
    await bench.event('answered', attemptId);
    await telephony.hangUp(attemptId);
    await bench.event('ended', attemptId);
    assert.equal(inUse(), 0);
  });

  sentence('a full trunk refuses one more call as congestion', async (bench) => {
    for (let i = 0; i < bench.lab.trunkCapacity; i++) await bench.place('rings');
    const ended = await bench.event('ended', await bench.place('rings'));
    assert.equal(ended.cause, 'congestion');
  });

  sentence('a ringing line we hang up ends as noAnswer, and by whom is told', async (bench) => {
    const attemptId = await bench.place('rings');
    await bench.event('ringing', attemptId);
    await bench.lab.telephony.hangUp(attemptId, 'agent');
    const ended = await bench.event('ended', attemptId);
    assert.deepEqual([ended.cause, ended.by], ['noAnswer', 'agent']);
  });

  sentence('no listener is called from inside a command', async (bench) => {
    const { telephony } = bench.lab;
    const attemptId = await bench.place('answersAndStays');
    await bench.event('answered', attemptId);
    const before = bench.heard.length;
    const pending = [
      telephony.hangUp(attemptId),
      telephony.place(bench.lab.order('rings', { ticketExpiresAt: 0 })),
    ];
    assert.equal(bench.heard.length, before);
    await Promise.all(pending);
  });
}

function answeredCalls(sentence: Sentence): void {
  sentence(
    'rings, is answered, joined and ended by the customer, in this order and once each',
    async (bench) => {
      const attemptId = await bench.talk('answersAndTalks', await bench.agent('g1'));
      const ended = await bench.event('ended', attemptId);
      assert.deepEqual([ended.cause, ended.by], ['normal', 'customer']);
      assert.deepEqual(bench.types(attemptId), ['ringing', 'answered', 'connected', 'ended']);
      const instants = bench.of(attemptId).map(({ at }) => at);
      assert.deepEqual(
        instants,
        instants.toSorted((a, b) => a - b),
      );
    },
  );

  sentence('without detection nobody claims to know who answered', async (bench) => {
    const answered = await bench.event('answered', await bench.place('answersAsMachine'));
    assert.equal(answered.by, 'unknown');
  });

  sentence('with detection the pick-up is told first and the verdict after', async (bench) => {
    const attemptId = await bench.place('answersAsMachine', { detectMachine: true });
    const answered = await bench.event('answered', attemptId);
    assert.equal(answered.by, 'machine');
    assert.deepEqual(bench.types(attemptId), ['ringing', 'pickedUp', 'answered']);
    const pickedUp = await bench.event('pickedUp', attemptId);
    assert.ok(pickedUp.at <= answered.at);
  });

  sentence('a customer nobody comes to hangs up by themselves', async (bench) => {
    const ended = await bench.event('ended', await bench.place('answersAndGoes'));
    assert.deepEqual([ended.cause, ended.by], ['normal', 'customer']);
  });

  sentence('a message is played to its end, and hanging up is left to us', async (bench) => {
    const attemptId = await bench.place('answersAndStays');
    await bench.event('answered', attemptId);
    await bench.lab.telephony.playMessage(attemptId, 'abandoned');
    const over = await bench.event('messageEnded', attemptId);
    assert.equal(over.optedOut, false);
    await bench.lab.telephony.hangUp(attemptId);
    const ended = await bench.event('ended', attemptId);
    assert.deepEqual([ended.cause, ended.by], ['normal', 'system']);
  });

  sentence('the opt-out key during a message is told', async (bench) => {
    const attemptId = await bench.place('pressesOptOut');
    await bench.event('answered', attemptId);
    await bench.lab.telephony.playMessage(attemptId, 'abandoned');
    assert.equal((await bench.event('messageEnded', attemptId)).optedOut, true);
  });

  sentence('hold, mute and keys are taken during a talk', async (bench) => {
    const attemptId = await bench.talk('answersAndStays', await bench.agent('g1'));
    const { telephony } = bench.lab;
    await telephony.hold(attemptId, true);
    await telephony.hold(attemptId, false);
    await telephony.mute(attemptId, true);
    await telephony.sendKeys(attemptId, '12#');
    await assert.rejects(telephony.sendKeys(attemptId, '1;2'), (error) =>
      isDomainError(error, 'keys_invalid'),
    );
  });

  sentence('commands about a call that has ended, or never was, do nothing', async (bench) => {
    const attemptId = await bench.place('answersAndGoes');
    await bench.event('ended', attemptId);
    const agentId = await bench.agent('g1');
    const { telephony } = bench.lab;
    for (const id of [attemptId, 'never-placed']) {
      await telephony.connect(id, agentId);
      await telephony.playMessage(id, 'abandoned');
      await telephony.hangUp(id);
      await telephony.mute(id, true);
    }
    await bench.lab.pass(2_000);
    assert.equal(bench.types(attemptId).at(-1), 'ended');
    assert.deepEqual(bench.of('never-placed'), []);
  });

  sentence('somebody who calls us is offered, accepted, joined and ended like any other', async (bench) => {
    if (bench.lab.callIn === undefined) return;
    await bench.lab.callIn();
    await bench.lab.until(() => bench.heard.some(({ type }) => type === 'inboundOffered'));
    const offered = bench.heard.find((event) => event.type === 'inboundOffered');
    assert.ok(offered);
    const agentId = await bench.agent('g1');
    await bench.lab.telephony.acceptInbound(offered.callId);
    await bench.event('answered', offered.callId);
    await bench.lab.telephony.connect(offered.callId, agentId);
    await bench.event('connected', offered.callId);
    await bench.lab.telephony.hangUp(offered.callId, 'agent');
    assert.equal((await bench.event('ended', offered.callId)).by, 'agent');
  });
}

function agentPhones(sentence: Sentence): void {
  sentence('joining a phone that is not there fails and leaves the customer on the line', async (bench) => {
    const attemptId = await bench.place('answersAndStays');
    await bench.event('answered', attemptId);
    await bench.lab.telephony.connect(attemptId, 'nobody');
    await bench.event('connectFailed', attemptId);
    await bench.lab.telephony.connect(attemptId, await bench.agent('g1'));
    await bench.event('connected', attemptId);
  });

  sentence('an agent in a talk is not joined to a second customer', async (bench) => {
    const agentId = await bench.agent('g1');
    await bench.talk('answersAndStays', agentId);
    const second = await bench.place('answersAndStays');
    await bench.event('answered', second);
    await bench.lab.telephony.connect(second, agentId);
    await bench.event('connectFailed', second);
  });

  sentence('a phone lost in mid-talk is told, and the customer can be joined again', async (bench) => {
    const agentId = await bench.agent('g1');
    const attemptId = await bench.talk('answersAndStays', agentId);
    await bench.lab.losePhone(agentId);
    await bench.event('agentPhoneLost', agentId);
    const [open] = await bench.lab.telephony.openCalls();
    assert.deepEqual([open?.phase, open?.agentId], ['answered', undefined]);
    await bench.lab.telephony.openAgentPhone({ agentId });
    await bench.lab.until(() => bench.heard.filter(({ type }) => type === 'agentPhoneReady').length === 2);
    await bench.lab.telephony.connect(attemptId, agentId);
    await bench.lab.until(() => bench.types(attemptId).filter((type) => type === 'connected').length === 2);
  });

  sentence('a phone that is closed is told as lost', async (bench) => {
    const agentId = await bench.agent('g1');
    await bench.lab.telephony.closeAgentPhone(agentId);
    await bench.event('agentPhoneLost', agentId);
  });
}

function connection(sentence: Sentence): void {
  sentence('the calls of a process that went away live on and are found by the next one', async (bench) => {
    const agentId = await bench.agent('g1');
    const talking = await bench.talk('answersAndStays', agentId);
    const ringing = await bench.place('rings');
    await bench.event('ringing', ringing);
    await bench.lab.telephony.stop();
    const next = bench.lab.another();
    await next.start();
    const open = await next.openCalls();
    const phases = new Map(open.map(({ attemptId, phase }) => [attemptId, phase]));
    assert.deepEqual(
      phases,
      new Map([
        [talking, 'connected'],
        [ringing, 'ringing'],
      ] as const),
    );
    const talk = open.find(({ attemptId }) => attemptId === talking);
    assert.equal(talk?.agentId, agentId);
    assert.ok(talk?.answeredAt !== undefined && talk.answeredAt <= bench.lab.now());
    let ended = false;
    next.subscribe((event) => {
      ended ||= event.type === 'ended' && event.attemptId === talking;
    });
    await next.hangUp(talking);
    await bench.lab.until(() => ended);
    await next.stop();
  });

  sentence(
    'someone answering while nobody is connected hears the message and is hung up on',
    async (bench) => {
      await bench.place('answersAndStays');
      await bench.lab.telephony.stop();
      await bench.lab.pass(30_000);
      const next = bench.lab.another();
      await next.start();
      assert.deepEqual(await next.openCalls(), []);
      await next.stop();
    },
  );

  sentence('an order repeated by the next process does not dial again', async (bench) => {
    const order = bench.lab.order('rings');
    await bench.lab.telephony.place(order);
    await bench.event('ringing', order.attemptId);
    await bench.lab.telephony.stop();
    const next = bench.lab.another();
    await next.start();
    await next.place(order);
    await bench.lab.pass(1_000);
    assert.equal((await next.openCalls()).length, 1);
    await next.stop();
  });

  sentence('what is stopped takes no orders, says why, and tells nothing more', async (bench) => {
    const attemptId = await bench.place('answersAndGoes');
    await bench.lab.telephony.stop();
    const before = bench.heard.length;
    const refused = (error: unknown): boolean => isDomainError(error, 'telephony_unavailable');
    await assert.rejects(bench.lab.telephony.place(bench.lab.order('rings')), refused);
    await assert.rejects(bench.lab.telephony.hangUp(attemptId), refused);
    await assert.rejects(bench.lab.telephony.openCalls(), refused);
    await bench.lab.pass(5_000);
    assert.equal(bench.heard.length, before);
  });

  sentence('a listener that unsubscribed hears nothing more', async (bench) => {
    let count = 0;
    const unsubscribe = bench.lab.telephony.subscribe(() => {
      count += 1;
    });
    unsubscribe();
    await bench.event('ended', await bench.place('isBusy'));
    assert.equal(count, 0);
  });
}
