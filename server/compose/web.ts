import type { Express } from 'express';
import { Registry } from 'prom-client';
import { auditRoutes } from '../../campaigns/audit/index.ts';
import { campaignRoutes } from '../../campaigns/campaigns/index.ts';
import { type PresetCatalogue, presetRoutes } from '../../campaigns/compliance/index.ts';
import { diagnosisRoutes } from '../../campaigns/diagnosis/index.ts';
import { dispositionRoutes } from '../../campaigns/dispositions/index.ts';
import { doNotCallRoutes } from '../../campaigns/do-not-call/index.ts';
import { leadRoutes } from '../../campaigns/leads/index.ts';
import { importRoutes, listRoutes } from '../../campaigns/lists/index.ts';
import { productRoutes } from '../../campaigns/products/index.ts';
import { reportRoutes } from '../../campaigns/reports/index.ts';
import { scriptRoutes } from '../../campaigns/scripts/index.ts';
import type { SessionLimits } from '../../campaigns/sessions/index.ts';
import { userRoutes } from '../../campaigns/users/index.ts';
import type { Timers } from '../../platform/clock/index.ts';
import type { Database } from '../../platform/db/index.ts';
import { isDomainError } from '../../platform/errors/index.ts';
import type { EventStream } from '../../platform/events/index.ts';
import type { Id, Ids } from '../../platform/ids/index.ts';
import type { createPino, Logger } from '../../platform/log/index.ts';
import { agentRoutes } from '../http/agent-routes.ts';
import { authRoutes } from '../http/auth-routes.ts';
import { createCredentials } from '../http/credentials.ts';
import { type DemoPerson, demoRoutes } from '../http/demo-routes.ts';
import type { DialerControl } from '../http/dialer-control.ts';
import {
  createApp,
  createEventStreams,
  type EventStreams,
  type HealthCheck,
  type ServedRoute,
} from '../http/index.ts';
import { floorOf, liveRoutes, liveView } from '../http/live-routes.ts';
import { createSignInGuard, type SignInLimits } from '../http/sign-in-limit.ts';
import { uploadRoutes } from '../http/upload-routes.ts';
import type { Services } from './services.ts';

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
  /** What `/metrics` tells besides the requests. */
  registry?: Registry;
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
  /** Shown on the sign-in page, passwords too; never in production. */
  demoPeople?: readonly DemoPerson[];
  checkAnswers?: boolean;
}

export interface Web {
  app: Express;
  routes: readonly ServedRoute[];
  streams: EventStreams;
}

/** Builds the HTTP side over the business's services; nothing is started. */
export function composeWeb(ground: WebGround, services: Services, settings: WebSettings): Web {
  if (settings.production && settings.demoPeople) throw new Error('The demo is not for production');
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
    ...demoRoutes(settings.demoPeople ?? []),
    ...userRoutes(services.users, (userId) => leaveDesk(ground, userId)),
    ...campaignRoutes(services.campaigns),
    ...scriptRoutes(services.scripts),
    ...productRoutes(services.products),
    ...listRoutes(services.lists),
    ...uploadRoutes({ imports: services.imports, maxUploadBytes: settings.maxUploadBytes }),
    ...importRoutes(services.imports),
    ...leadRoutes(services.lists.list),
    ...doNotCallRoutes(services.doNotCall),
    ...dispositionRoutes({ dispositions: services.dispositions, campaign: services.campaigns.campaign }),
    ...presetRoutes(ground.presets),
    ...agentRoutes({ ...services, dialer: ground.dialer, clock: ground.timers }),
    ...diagnosisRoutes({
      clock: ground.timers,
      zoneHours: services.zoneHours,
      stateOf: async (queries, viewer, id) => (await services.campaigns.campaign(queries, viewer, id)).state,
      floorOf: (campaignId) => floorOf(ground.dialer, campaignId),
    }),
    ...liveRoutes({ ...services, dialer: ground.dialer, clock: ground.timers }),
    ...reportRoutes(async (queries, viewer, id) => {
      await services.campaigns.campaign(queries, viewer, id); // the viewer's to see, or not found
      return (await services.readCampaign(queries, id)).settings.dialing.abandonWindow;
    }),
    ...auditRoutes(),
    streams.route,
  ];
  const app = createApp({
    ...settings,
    ...ground,
    clock: ground.timers,
    credentials,
    routes,
    registry: ground.registry ?? new Registry(),
    checks: healthChecks(ground),
    secure: settings.session.secureCookie,
    hostNames: settings.demoPeople && new Set(['localhost', new URL(settings.publicUrl).hostname]),
    checkAnswers: settings.checkAnswers ?? false,
  });
  return { app, routes, streams };
}

/** Signs an agent off the campaign they worked on; one who is in a call leaves after it. */
async function leaveDesk({ dialer, log }: Pick<WebGround, 'dialer' | 'log'>, userId: Id): Promise<void> {
  const { sessionId } = await dialer.agentView(userId);
  if (sessionId === null) return;
  try {
    await dialer.agentCommand(userId, { type: 'end' });
  } catch (error) {
    if (!isDomainError(error)) throw error;
    log.warn({ err: error, userId }, 'an agent whose rights changed could not be signed off');
  }
}

function healthChecks({ db }: WebGround): HealthCheck[] {
  return [{ name: 'database', check: async () => (await db.reader.raw('select 1 as one')).length === 1 }];
}
