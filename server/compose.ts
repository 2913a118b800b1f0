import type { Express } from 'express';
import { Registry } from 'prom-client';
import { auditRoutes } from '../campaigns/audit/index.ts';
import { campaignRoutes } from '../campaigns/campaigns/index.ts';
import { type PresetCatalogue, presetRoutes } from '../campaigns/compliance/index.ts';
import { diagnosisRoutes } from '../campaigns/diagnosis/index.ts';
import { dispositionRoutes } from '../campaigns/dispositions/index.ts';
import { doNotCallRoutes } from '../campaigns/do-not-call/index.ts';
import { leadRoutes } from '../campaigns/leads/index.ts';
import { listRoutes } from '../campaigns/lists/index.ts';
import { productRoutes } from '../campaigns/products/index.ts';
import { reportRoutes } from '../campaigns/reports/index.ts';
import { scriptRoutes } from '../campaigns/scripts/index.ts';
import type { SessionLimits } from '../campaigns/sessions/index.ts';
import { userRoutes } from '../campaigns/users/index.ts';
import type { Timers } from '../platform/clock/index.ts';
import type { Database } from '../platform/db/index.ts';
import type { EventStream } from '../platform/events/index.ts';
import type { FileStore } from '../platform/files/index.ts';
import type { Ids } from '../platform/ids/index.ts';
import type { createPino, Logger } from '../platform/log/index.ts';
import { composeServices, type Services } from './compose/services.ts';
import { demoRoutes } from './demo/demo-routes.ts';
import { agentRoutes } from './http/agent-routes.ts';
import { authRoutes } from './http/auth-routes.ts';
import { createCredentials } from './http/credentials.ts';
import type { DialerControl } from './http/dialer-control.ts';
import { importRoutes, type ListLoader } from './http/import-routes.ts';
import {
  createApp,
  createEventStreams,
  type EventStreams,
  type HealthCheck,
  type ServedRoute,
} from './http/index.ts';
import { floorOf, liveRoutes, liveView } from './http/live-routes.ts';
import { createSignInGuard, type SignInLimits } from './http/sign-in-limit.ts';

/** The parts of the process that the web stands on. */
export interface WebGround {
  db: Database;
  timers: Timers;
  ids: Ids;
  log: Logger;
  pino: ReturnType<typeof createPino>;
  events: EventStream;
  dialer: DialerControl;
  presets: PresetCatalogue;
  files: FileStore;
  /** Absent: lists cannot be loaded by HTTP. */
  loader?: ListLoader;
}

export interface WebSettings {
  production: boolean;
  publicUrl: string;
  trustProxy: false | number | readonly string[];
  secret: string;
  /** Who is calling, told in scripts. */
  organisation?: string;
  session: SessionLimits & { secureCookie: boolean };
  signInLimits?: SignInLimits;
  version: string;
  webFolder: string;
  maxUploadBytes: number;
  /** The sign-in page shows the demo's people. */
  demo?: boolean;
  checkAnswers?: boolean;
}

export interface Web {
  app: Express;
  routes: readonly ServedRoute[];
  streams: EventStreams;
  services: Services;
}

/** Builds the business services and the HTTP side over the given ground; nothing is started. */
export function composeWeb(ground: WebGround, settings: WebSettings): Web {
  const services = composeServices(ground, settings);
  const credentials = createCredentials(services.sessions, {
    secure: settings.session.secureCookie,
    maxMs: settings.session.maxMs,
  });
  const streams = createEventStreams({
    timers: ground.timers,
    log: ground.log,
    events: ground.events,
    dialer: ground.dialer,
    live: (campaignId) =>
      liveView({ dialer: ground.dialer, clock: ground.timers }, ground.db.reader, campaignId),
    stillSignedIn: async ({ tokenHash }) => services.sessions.lives(tokenHash),
    assertSeesCampaign: async (viewer, id) =>
      void (await services.campaigns.campaign(ground.db.reader, viewer, id)),
  });
  const guard = createSignInGuard(settings.secret, settings.signInLimits);
  const routes: ServedRoute[] = [
    ...authRoutes({ sessions: services.sessions, credentials, guard }),
    ...userRoutes(services.users),
    ...campaignRoutes(services.campaigns),
    ...scriptRoutes(services.scripts),
    ...productRoutes(services.products),
    ...listRoutes(services.lists),
    ...loadingRoutes(ground, settings, services),
    ...leadRoutes((queries, viewer, id) => services.lists.list(queries, viewer, id)),
    ...doNotCallRoutes(services.doNotCall),
    ...dispositionRoutes((queries, viewer, id) => services.campaigns.campaign(queries, viewer, id)),
    ...presetRoutes(ground.presets),
    ...agentRoutes({ ...services, dialer: ground.dialer, clock: ground.timers }),
    ...diagnosisRoutes({
      clock: ground.timers,
      zoneHours: services.zoneHours,
      stateOf: async (queries, viewer, id) => (await services.campaigns.campaign(queries, viewer, id)).state,
      floorOf: (campaignId) => floorOf(ground.dialer, campaignId),
    }),
    ...liveRoutes({ ...services, dialer: ground.dialer, clock: ground.timers }),
    ...reportRoutes(
      async (queries, viewer, id) =>
        (await services.campaigns.campaign(queries, viewer, id)).settings.dialing.abandonWindow,
    ),
    ...auditRoutes(),
    ...demoRoutes({ demo: settings.demo ?? false }),
    streams.route,
  ];
  const app = createApp({
    ...settings,
    ...ground,
    clock: ground.timers,
    credentials,
    routes,
    registry: new Registry(),
    checks: healthChecks(ground),
    secure: settings.session.secureCookie,
    checkAnswers: settings.checkAnswers ?? false,
  });
  return { app, routes, streams, services };
}

function loadingRoutes(ground: WebGround, settings: WebSettings, { lists }: Services): ServedRoute[] {
  const { loader, files, ids, db } = ground;
  const { maxUploadBytes } = settings;
  return loader ? importRoutes({ lists, loader, files, ids, queries: db.reader, maxUploadBytes }) : [];
}

function healthChecks({ db }: WebGround): HealthCheck[] {
  return [{ name: 'database', check: async () => (await db.reader.raw('select 1 as one')).length === 1 }];
}
