import type { Express } from 'express';
import { Registry } from 'prom-client';
import { createDeskReader } from '../../campaigns/agents/index.ts';
import { auditRoutes, createAuditLog } from '../../campaigns/audit/index.ts';
import {
  type Campaign,
  type CampaignService,
  campaignRoutes,
  createCampaignReader,
  createCampaignService,
  touchCampaignsOfScript,
} from '../../campaigns/campaigns/index.ts';
import {
  builtInHolidays,
  type CampaignRules,
  createCampaignRulesets,
  type PresetCatalogue,
  presetRoutes,
} from '../../campaigns/compliance/index.ts';
import { diagnosisRoutes } from '../../campaigns/diagnosis/index.ts';
import { createDispositionsService, dispositionRoutes } from '../../campaigns/dispositions/index.ts';
import { createDoNotCallService, doNotCallRoutes } from '../../campaigns/do-not-call/index.ts';
import { createZoneHours, leadRoutes } from '../../campaigns/leads/index.ts';
import { createListService, type ListService, listRoutes } from '../../campaigns/lists/index.ts';
import { createProductService, productRoutes } from '../../campaigns/products/index.ts';
import { reportRoutes } from '../../campaigns/reports/index.ts';
import { createScriptService, type ScriptService, scriptRoutes } from '../../campaigns/scripts/index.ts';
import {
  createSessionService,
  type SessionLimits,
  type SessionService,
} from '../../campaigns/sessions/index.ts';
import { createUserService, type UserService, userRoutes } from '../../campaigns/users/index.ts';
import type { Timers } from '../../platform/clock/index.ts';
import type { Database } from '../../platform/db/index.ts';
import type { EventStream } from '../../platform/events/index.ts';
import type { FileStore } from '../../platform/files/index.ts';
import type { Ids } from '../../platform/ids/index.ts';
import type { createPino, Logger } from '../../platform/log/index.ts';
import { createScriptRenderer } from '../../scripts-templates/index.ts';
import { agentRoutes } from '../http/agent-routes.ts';
import { authRoutes } from '../http/auth-routes.ts';
import { createCredentials } from '../http/credentials.ts';
import { type DemoPerson, demoRoutes } from '../http/demo-routes.ts';
import type { DialerControl } from '../http/dialer-control.ts';
import { importRoutes, type ListLoader } from '../http/import-routes.ts';
import {
  createApp,
  createEventStreams,
  type EventStreams,
  type HealthCheck,
  type ServedRoute,
} from '../http/index.ts';
import { floorOf, liveRoutes, liveView } from '../http/live-routes.ts';
import { createSignInGuard, type SignInLimits } from '../http/sign-in-limit.ts';

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
  /** Shown on the sign-in page, passwords too; never in production. */
  demoPeople?: readonly DemoPerson[];
  checkAnswers?: boolean;
}

export interface Web {
  app: Express;
  routes: readonly ServedRoute[];
  streams: EventStreams;
  services: {
    users: UserService;
    sessions: SessionService;
    campaigns: CampaignService;
    scripts: ScriptService;
  };
}

/** Builds the business services and the HTTP side over the given ground; nothing is started. */
export function composeWeb(ground: WebGround, settings: WebSettings): Web {
  if (settings.production && settings.demoPeople) throw new Error('The demo is not for production');
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
    ...demoRoutes(settings.demoPeople ?? []),
    ...userRoutes(services.users),
    ...campaignRoutes(services.campaigns),
    ...scriptRoutes(services.scripts),
    ...productRoutes(services.products),
    ...listRoutes(services.lists),
    ...loadingRoutes(ground, settings, services.lists),
    ...leadRoutes(services.lists.list),
    ...doNotCallRoutes(services.doNotCall),
    ...dispositionRoutes(services.campaigns.campaign),
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

function loadingRoutes(ground: WebGround, settings: WebSettings, lists: ListService): ServedRoute[] {
  const { loader, files, ids, db } = ground;
  const { maxUploadBytes } = settings;
  return loader ? importRoutes({ lists, loader, files, ids, queries: db.reader, maxUploadBytes }) : [];
}

export type WebServices = ReturnType<typeof composeServices>;

function composeServices(ground: WebGround, settings: WebSettings) {
  const { db, timers: clock, ids, events } = ground;
  const audit = createAuditLog({ clock, ids });
  const renderer = createScriptRenderer();
  const dispositions = createDispositionsService({ ids });
  const readCampaign = createCampaignReader();
  const rulesets = createCampaignRulesets({
    catalogue: ground.presets,
    holidays: builtInHolidays(),
    rulesOf: async (queries, campaignId) => bindingRules(await readCampaign(queries, campaignId)),
  });
  return {
    users: createUserService({ clock, ids, audit }),
    sessions: createSessionService({ db, clock, limits: settings.session }),
    campaigns: createCampaignService({
      clock,
      ids,
      audit,
      outbox: events.outbox,
      presets: { find: (presetId) => knownPreset(ground.presets, presetId) },
      production: settings.production,
      onCreated: async (tx, campaign) => void (await dispositions.createDefaults(tx, campaign.id)),
    }),
    scripts: createScriptService({
      clock,
      ids,
      audit,
      renderer,
      onApproved: touchCampaignsOfScript,
    }),
    products: createProductService({ clock, ids, audit }),
    lists: createListService({ clock, ids, audit }),
    zoneHours: createZoneHours(async (campaignId) => (await rulesets.of(db.reader, campaignId)).ruleset),
    doNotCall: createDoNotCallService({ clock, ids, audit }),
    desk: createDeskReader({ queries: db.reader, clock, renderer, organisation: settings.organisation }),
  };
}

function bindingRules({ version, vendorId, settings }: Campaign): CampaignRules {
  return { version, vendorId, presetIds: settings.compliance.presets, windows: settings.compliance.windows };
}

function knownPreset(presets: PresetCatalogue, presetId: string): { demo: boolean } | undefined {
  const preset = presets.list().find((one) => one.id === presetId);
  return preset && { demo: preset.use === 'simulation' };
}

function healthChecks({ db }: WebGround): HealthCheck[] {
  return [{ name: 'database', check: async () => (await db.reader.raw('select 1 as one')).length === 1 }];
}
