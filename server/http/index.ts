export { type AppServices, createApp } from './app.ts';
export type { DemoPerson } from './demo-routes.ts';
export type {
  AgentCommand,
  AgentView,
  AgentWork,
  DialerControl,
  LiveAgent,
  LiveChange,
  LiveSnapshot,
} from './dialer-control.ts';
export { createEventStreams, type EventStreams } from './event-stream.ts';
export type { RawRoute, ServedRoute } from './http-route.ts';
export { type HttpServer, type HttpServerOptions, listen } from './http-server.ts';
export { purgeIdempotencyKeys } from './idempotency.ts';
export { openApiDocument } from './openapi.ts';
export type { HealthCheck } from './probes.ts';
