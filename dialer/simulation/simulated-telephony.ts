import { DomainError } from '../../platform/errors/index.ts';
import type { NetworkEvent } from '../telephony/network-event.ts';
import type { AgentPhone, Listener, OpenCall, PlaceOrder, Telephony, TrunkState } from '../telephony/port.ts';
import type { EventOutlet } from './event-outlet.ts';
import type { SimulatedNetwork } from './network.ts';
import type { SimulatedCall } from './simulated-call.ts';

/** One process's connection to the simulated network. */
export class SimulatedTelephony implements Telephony {
  readonly #network: SimulatedNetwork;
  readonly #outlet: EventOutlet;
  readonly #listeners = new Set<Listener>();
  readonly #hear = (event: NetworkEvent): void => {
    for (const listener of this.#listeners) listener(event);
  };
  #started = false;

  constructor(network: SimulatedNetwork, outlet: EventOutlet) {
    this.#network = network;
    this.#outlet = outlet;
  }

  trunks(): TrunkState[] {
    const trunks = this.#network.trunks();
    return this.#started ? trunks : trunks.map((trunk) => ({ ...trunk, healthy: false }));
  }

  async place(order: PlaceOrder): Promise<void> {
    this.#assertStarted();
    this.#network.place(order);
  }

  async connect(attemptId: string, agentId: string): Promise<void> {
    this.#command(attemptId, (call) => call.join(agentId));
  }

  async playMessage(attemptId: string, _messageId: string): Promise<void> {
    this.#command(attemptId, (call) => call.play());
  }

  async hangUp(attemptId: string, by: 'agent' | 'system' = 'system'): Promise<void> {
    this.#command(attemptId, (call) => call.hangUp(by));
  }

  async hold(attemptId: string, held: boolean): Promise<void> {
    this.#command(attemptId, (call) => {
      call.held = held;
    });
  }

  async mute(attemptId: string, muted: boolean): Promise<void> {
    this.#command(attemptId, (call) => {
      call.muted = muted;
    });
  }

  async sendKeys(attemptId: string, keys: string): Promise<void> {
    if (!/^[0-9*#A-D]{1,64}$/.test(keys)) {
      throw new DomainError('invalid', 'keys_invalid', 'Send 1 to 64 of the keys 0-9 * # A-D');
    }
    this.#command(attemptId, (call) => {
      call.keys += keys;
    });
  }

  async acceptInbound(callId: string): Promise<void> {
    this.#command(callId, (call) => call.accept());
  }

  async openAgentPhone({ agentId }: AgentPhone): Promise<void> {
    this.#assertStarted();
    this.#network.openPhone(agentId);
  }

  async closeAgentPhone(agentId: string): Promise<void> {
    this.#assertStarted();
    this.#network.closePhone(agentId);
  }

  async openCalls(): Promise<OpenCall[]> {
    this.#assertStarted();
    return this.#network.openCalls();
  }

  subscribe(listener: Listener): () => void {
    this.#listeners.add(listener);
    return () => this.#listeners.delete(listener);
  }

  async start(): Promise<void> {
    this.#started = true;
    this.#outlet.connect(this.#hear);
  }

  async stop(): Promise<void> {
    this.#started = false;
    this.#outlet.disconnect(this.#hear);
    this.#network.left();
  }

  #command(attemptId: string, effect: (call: SimulatedCall) => void): void {
    this.#assertStarted();
    this.#network.command(attemptId, effect);
  }

  #assertStarted(): void {
    if (this.#started) return;
    throw new DomainError(
      'unavailable',
      'telephony_unavailable',
      'Not connected to the telephone network: start it first',
    );
  }
}
