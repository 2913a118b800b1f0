import type { Clock } from '../clock/index.ts';
import type { Logger } from '../log/index.ts';
import { checkPayload, type EventScope, type PublishedEvent, type TransientType } from './events.ts';

/** Called in order, not awaited: it must be quick, and queue what it cannot do at once. */
export type EventListener = (event: PublishedEvent) => void;

/** Tells this process' subscribers of published events and of transient samples. */
export class EventBus {
  readonly #listeners = new Set<EventListener>();
  readonly #clock: Clock;
  readonly #log: Logger;

  constructor({ clock, log }: { clock: Clock; log: Logger }) {
    this.#clock = clock;
    this.#log = log;
  }

  /** @returns how to unsubscribe */
  subscribe(listener: EventListener): () => void {
    this.#listeners.add(listener);
    return () => this.#listeners.delete(listener);
  }

  get subscribers(): number {
    return this.#listeners.size;
  }

  /** Sends a sample to whoever listens in this process now. It is not stored: use the outbox for what matters. */
  emit<Payload>(type: TransientType<Payload>, event: { payload: Payload; scope: EventScope }): void {
    if (this.#listeners.size === 0) return;
    const payload = checkPayload(type, event.payload);
    this.deliver({ name: type.name, payload, scope: event.scope, occurredAt: this.#clock.now() });
  }

  /** For the publisher: hands an event to every listener; one that throws does not keep it from the others. */
  deliver(event: PublishedEvent): void {
    for (const listener of this.#listeners) {
      try {
        listener(event);
      } catch (error) {
        this.#log.error({ err: error, event: event.name }, 'a subscriber failed');
      }
    }
  }
}
