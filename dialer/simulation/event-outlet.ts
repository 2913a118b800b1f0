import type { Timers } from '../../platform/clock/index.ts';
import type { NetworkEvent } from '../telephony/network-event.ts';
import type { Listener } from '../telephony/port.ts';
import type { EventFaults } from './event-faults.ts';

const INTACT: readonly number[] = [0];

/** The way of events from the switch to whoever is connected, with its faults. Only it sees both. */
export class EventOutlet {
  readonly #timers: Timers;
  readonly #connected = new Set<Listener>();
  #faults: EventFaults | undefined;

  constructor(timers: Timers, faults: EventFaults | undefined) {
    this.#timers = timers;
    this.#faults = faults;
  }

  get attended(): boolean {
    return this.#connected.size > 0;
  }

  connect(listener: Listener): void {
    this.#connected.add(listener);
  }

  disconnect(listener: Listener): void {
    this.#connected.delete(listener);
  }

  setFaults(faults: EventFaults | undefined): void {
    this.#faults = faults;
  }

  publish(event: NetworkEvent): void {
    for (const delayMs of this.#faults?.(event) ?? INTACT) {
      if (delayMs === 0) this.#deliver(event);
      else this.#timers.after(delayMs, () => this.#deliver(event));
    }
  }

  #deliver(event: NetworkEvent): void {
    for (const listener of this.#connected) listener(event);
  }
}
