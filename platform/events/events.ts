import type { z } from 'zod';
import type { Instant } from '../clock/index.ts';

/** Who may see an event: filled as far as it belongs to somebody. Nothing filled: the whole installation. */
export interface EventScope {
  vendorId?: string;
  teamId?: string;
  campaignId?: string;
  userId?: string;
}

/**
 * A kind of event that must not be lost: written to the outbox with the change it tells of, published after
 * the commit, resumed by sequence. Payload: ids, codes, counts, instants; no personal data.
 */
export interface EventType<Payload> {
  readonly durability: 'durable';
  readonly name: string;
  readonly schema: z.ZodType<Payload>;
}

/**
 * A kind of sample that is worth nothing a moment later (a pace, a meter of the floor): sent to whoever listens
 * in this process right now, never stored, never resumed. The outbox refuses it by type.
 */
export interface TransientType<Payload> {
  readonly durability: 'transient';
  readonly name: string;
  readonly schema: z.ZodType<Payload>;
}

/** An event as subscribers get it. `sequence` is absent for transient ones. */
export interface PublishedEvent {
  readonly name: string;
  readonly payload: unknown;
  readonly scope: EventScope;
  readonly occurredAt: Instant;
  /** Place in the live stream: strictly increasing in order of publication; resume after it. */
  readonly sequence?: number;
}

export type DurableEvent = PublishedEvent & { readonly sequence: number };

const EVENT_NAME = /^[a-z][a-z0-9_]*(\.[a-z][a-z0-9_]*)+$/;

/** Names a kind of durable event, `noun.past_participle`. */
export function defineEvent<Payload>(name: string, schema: z.ZodType<Payload>): EventType<Payload> {
  return Object.freeze({ durability: 'durable', name: checkName(name), schema });
}

/** Names a kind of transient sample, `noun.past_participle`. */
export function defineTransient<Payload>(name: string, schema: z.ZodType<Payload>): TransientType<Payload> {
  return Object.freeze({ durability: 'transient', name: checkName(name), schema });
}

function checkName(name: string): string {
  if (EVENT_NAME.test(name)) return name;
  throw new Error(`An event is named noun.past_participle, not '${name}'`);
}

/** The payload, checked: a wrong one is our own mistake. */
export function checkPayload<Payload>(
  type: EventType<Payload> | TransientType<Payload>,
  payload: Payload,
): Payload {
  const parsed = type.schema.safeParse(payload);
  if (parsed.success) return parsed.data;
  const paths = parsed.error.issues.map((issue) => `/${issue.path.join('/')} ${issue.code}`);
  throw new TypeError(`The payload of ${type.name} does not fit: ${paths.join(', ')}`);
}
