import { createDeskReader } from '../../campaigns/agents/index.ts';
import { createAuditLog } from '../../campaigns/audit/index.ts';
import {
  type Campaign,
  createCampaignReader,
  createCampaignService,
  touchCampaignsOfScript,
} from '../../campaigns/campaigns/index.ts';
import {
  builtInHolidays,
  type CampaignRules,
  createCampaignRulesets,
  createLawfulReader,
  type PresetCatalogue,
} from '../../campaigns/compliance/index.ts';
import { createDispositionsService } from '../../campaigns/dispositions/index.ts';
import { createDoNotCallService } from '../../campaigns/do-not-call/index.ts';
import { createZoneHours } from '../../campaigns/leads/index.ts';
import { createImportService, createListService } from '../../campaigns/lists/index.ts';
import { createProductService } from '../../campaigns/products/index.ts';
import { createScriptService } from '../../campaigns/scripts/index.ts';
import { createSessionService, type SessionLimits } from '../../campaigns/sessions/index.ts';
import { createUserService } from '../../campaigns/users/index.ts';
import type { Timers } from '../../platform/clock/index.ts';
import type { Database } from '../../platform/db/index.ts';
import type { EventStream } from '../../platform/events/index.ts';
import type { FileStore } from '../../platform/files/index.ts';
import type { Ids } from '../../platform/ids/index.ts';
import type { Queue } from '../../platform/queue/index.ts';
import { createScriptRenderer } from '../../scripts-templates/index.ts';

export interface ServicesGround {
  db: Database;
  timers: Timers;
  ids: Ids;
  events: Pick<EventStream, 'outbox' | 'bus'>;
  files: FileStore;
  queue: Pick<Queue, 'add'>;
  presets: PresetCatalogue;
  /** A number may no longer be called: whoever dials takes back what it has not placed. */
  onDoNotCall?: (e164: string) => void;
}

export interface ServicesSettings {
  production: boolean;
  session: SessionLimits;
  maxUploadBytes: number;
  /** Who is calling, told in scripts. */
  organisation?: string;
}

export type Services = ReturnType<typeof composeServices>;

/** Builds the services of the business over the given ground. */
export function composeServices(ground: ServicesGround, settings: ServicesSettings) {
  const { db, timers: clock, ids, events, files, queue } = ground;
  const { outbox, bus } = events;
  const audit = createAuditLog({ clock, ids });
  const renderer = createScriptRenderer();
  const dispositions = createDispositionsService({ ids, audit });
  const readAsSet = createCampaignReader();
  const rulesets = createCampaignRulesets({
    catalogue: ground.presets,
    holidays: builtInHolidays(),
    rulesOf: async (queries, campaignId) => bindingRules(await readAsSet(queries, campaignId)),
  });
  const readCampaign = createLawfulReader({ clock, rulesets, read: readAsSet });
  return {
    users: createUserService({ clock, ids, audit }),
    sessions: createSessionService({ db, clock, limits: settings.session }),
    dispositions,
    campaigns: createCampaignService({
      clock,
      ids,
      audit,
      outbox,
      presets: { find: (presetId) => knownPreset(ground.presets, presetId) },
      production: settings.production,
      onCreated: async (tx, campaign) => void (await dispositions.createDefaults(tx, campaign.id)),
    }),
    scripts: createScriptService({ clock, ids, audit, renderer, onApproved: touchCampaignsOfScript }),
    products: createProductService({ clock, ids, audit }),
    lists: createListService({ clock, ids, audit }),
    imports: createImportService({
      db,
      clock,
      ids,
      audit,
      outbox,
      bus,
      files,
      queue,
      maxBytes: settings.maxUploadBytes,
      // numbers of the simulated network have no place in a system that dials people
      allowReplayNumbers: !settings.production,
    }),
    rulesets,
    /** With the abandon limits that the law puts on it. */
    readCampaign,
    zoneHours: createZoneHours(async (campaignId) => (await rulesets.of(db.reader, campaignId)).ruleset),
    doNotCall: createDoNotCallService({ clock, ids, audit, onAdded: ground.onDoNotCall }),
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
