export { EventBus, type EventListener } from './event-bus.ts';
export { EventStream, type EventStreamOptions } from './event-stream.ts';
export {
  type DurableEvent,
  defineEvent,
  defineTransient,
  type EventScope,
  type EventType,
  type PublishedEvent,
  type TransientType,
} from './events.ts';
export { Outbox } from './outbox.ts';
export { createOutboxTables, dropOutboxTables } from './outbox-tables.ts';
