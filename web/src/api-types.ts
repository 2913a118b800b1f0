/** Generated from the OpenAPI document by web/scripts/generate-api-types.ts: do not change by hand. */

export type Role = 'admin' | 'manager' | 'marketer' | 'agent';

export interface Routes {
  'POST /auth/sign-in': {
    params: null;
    query: null;
    body: {
      login: string;
      password: string;
    };
    response: Me;
  };
  'POST /auth/sign-out': {
    params: null;
    query: null;
    body: null;
    response: null;
  };
  'GET /auth/me': {
    params: null;
    query: null;
    body: null;
    response: Me;
  };
  'PUT /auth/locale': {
    params: null;
    query: null;
    body: {
      locale: 'en' | 'zh-CN';
    };
    response: null;
  };
  'GET /users': {
    params: null;
    query: {
      limit?: number;
      cursor?: string;
      teamId?: string;
      role?: Role;
    };
    body: null;
    response: {
      items: User[];
      nextCursor: string | null;
    };
  };
  'POST /users': {
    params: null;
    query: null;
    body: {
      login: string;
      name: string;
      password: string;
      role: Role;
      scope?: 'all' | 'vendor' | 'team';
      teamId: string;
      locale?: 'en' | 'zh-CN';
      agentNumber?: string;
    };
    response: User;
  };
  'GET /users/{userId}': {
    params: {
      userId: string;
    };
    query: null;
    body: null;
    response: User;
  };
  'PATCH /users/{userId}': {
    params: {
      userId: string;
    };
    query: null;
    body: {
      name?: string;
      password?: string;
      role?: Role;
      scope?: 'all' | 'vendor' | 'team';
      teamId?: string;
      state?: 'active' | 'disabled';
      locale?: 'en' | 'zh-CN';
      agentNumber?: string | null;
    };
    response: User;
  };
  'GET /teams': {
    params: null;
    query: null;
    body: null;
    response: {
      items: Team[];
    };
  };
  'POST /teams': {
    params: null;
    query: null;
    body: {
      name: string;
      vendorId?: string;
    };
    response: Team;
  };
  'GET /vendors': {
    params: null;
    query: null;
    body: null;
    response: {
      items: Vendor[];
    };
  };
  'POST /vendors': {
    params: null;
    query: null;
    body: {
      name: string;
    };
    response: Vendor;
  };
  'GET /campaigns': {
    params: null;
    query: {
      limit?: number;
      cursor?: string;
      state?: 'draft' | 'ready' | 'running' | 'paused' | 'finished' | 'archived';
      teamId?: string;
    };
    body: null;
    response: {
      items: CampaignSummary[];
      nextCursor: string | null;
    };
  };
  'POST /campaigns': {
    params: null;
    query: null;
    body: {
      name: string;
      teamId?: string;
      dialMode?: 'preview' | 'progressive' | 'ratio' | 'predictive';
      timeZone: string;
      scriptId?: string | null;
      settings?: CampaignSettingsChange;
      callerIds?: {
        e164: string;
        dailyCap?: number | null;
      }[];
    };
    response: Campaign;
  };
  'GET /campaigns/{campaignId}': {
    params: {
      campaignId: string;
    };
    query: null;
    body: null;
    response: Campaign;
  };
  'PATCH /campaigns/{campaignId}': {
    params: {
      campaignId: string;
    };
    query: null;
    body: {
      version: number;
      reason?: string;
      name?: string;
      dialMode?: 'preview' | 'progressive' | 'ratio' | 'predictive';
      timeZone?: string;
      scriptId?: string | null;
      settings?: CampaignSettingsChange1;
      callerIds?: {
        e164: string;
        dailyCap?: number | null;
      }[];
    };
    response: Campaign;
  };
  'GET /campaigns/{campaignId}/blockers': {
    params: {
      campaignId: string;
    };
    query: null;
    body: null;
    response: {
      blockers: Blocker[];
    };
  };
  'POST /campaigns/{campaignId}/lifecycle': {
    params: {
      campaignId: string;
    };
    query: null;
    body: {
      action: 'makeReady' | 'backToDraft' | 'start' | 'pause' | 'resume' | 'finish' | 'archive';
      version: number;
      reason?: string;
    };
    response: Campaign;
  };
  'GET /scripts': {
    params: null;
    query: {
      limit?: number;
      cursor?: string;
    };
    body: null;
    response: {
      items: Script[];
      nextCursor: string | null;
    };
  };
  'POST /scripts': {
    params: null;
    query: null;
    body: {
      name: string;
      teamId?: string;
    };
    response: Script;
  };
  'GET /scripts/{scriptId}': {
    params: {
      scriptId: string;
    };
    query: null;
    body: null;
    response: {
      script: Script;
      versions: ScriptVersionSummary[];
    };
  };
  'GET /scripts/{scriptId}/versions/{number}': {
    params: {
      scriptId: string;
      number: number;
    };
    query: null;
    body: null;
    response: ScriptVersion;
  };
  'POST /scripts/{scriptId}/versions': {
    params: {
      scriptId: string;
    };
    query: null;
    body: {
      document: unknown;
    };
    response: SavedScriptVersion;
  };
  'POST /scripts/{scriptId}/versions/{number}/approve': {
    params: {
      scriptId: string;
      number: number;
    };
    query: null;
    body: null;
    response: ScriptVersion;
  };
  'POST /script-checks': {
    params: null;
    query: null;
    body: {
      document: unknown;
    };
    response: {
      issues: ScriptIssue[];
    };
  };
  'POST /script-previews': {
    params: null;
    query: null;
    body: {
      document: unknown;
      context?: {
        [k: string]: unknown;
      };
    };
    response: RenderedScript;
  };
  'GET /products': {
    params: null;
    query: {
      limit?: number;
      cursor?: string;
    };
    body: null;
    response: {
      items: Product[];
      nextCursor: string | null;
    };
  };
  'POST /products': {
    params: null;
    query: null;
    body: {
      code: string;
      nameEn: string;
      nameZh: string;
      priceMinor: number;
      currency: string;
    };
    response: Product;
  };
  'PATCH /products/{productId}': {
    params: {
      productId: string;
    };
    query: null;
    body: {
      nameEn?: string;
      nameZh?: string;
      priceMinor?: number;
      currency?: string;
      active?: boolean;
    };
    response: Product;
  };
  'GET /audit-entries': {
    params: null;
    query: {
      limit?: number;
      cursor?: string;
      entity?:
        | 'campaign'
        | 'user'
        | 'team'
        | 'vendor'
        | 'script'
        | 'product'
        | 'list'
        | 'disposition'
        | 'do_not_call';
      entityId?: string;
    };
    body: null;
    response: {
      items: AuditEntry[];
      nextCursor: string | null;
    };
  };
  'GET /events': {
    params: null;
    query: {
      campaignId?: string;
      lastEventId?: string;
    };
    body: null;
    response: null;
  };
}
export interface Me {
  user: User;
  csrfToken: string;
}
export interface User {
  id: string;
  vendorId: string;
  teamId: string;
  login: string;
  name: string;
  role: Role;
  scope: 'all' | 'vendor' | 'team';
  state: 'active' | 'disabled';
  locale: 'en' | 'zh-CN';
  agentNumber: string | null;
  robot: boolean;
  createdAt: number;
}
export interface Team {
  id: string;
  vendorId: string;
  vendorName: string;
  name: string;
  createdAt: number;
}
export interface Vendor {
  id: string;
  name: string;
  createdAt: number;
}
export interface CampaignSummary {
  id: string;
  vendorId: string;
  teamId: string;
  name: string;
  state: 'draft' | 'ready' | 'running' | 'paused' | 'finished' | 'archived';
  dialMode: 'preview' | 'progressive' | 'ratio' | 'predictive';
  timeZone: string;
  scriptId: string | null;
  version: number;
  startedAt: number | null;
  finishedAt: number | null;
  createdAt: number;
  updatedAt: number;
}
export interface CampaignSettingsChange {
  dialing?: {
    ratio?: number;
    targetAbandonRate?: number;
    connectWithinMs?: number;
    abandonWindow?:
      | {
          kind: 'localDay';
          timeZone: string;
        }
      | {
          kind: 'campaignBlock';
          days: number;
        }
      | {
          kind: 'calendarMonth';
          timeZone: string;
        }
      | {
          kind: 'rolling';
          hours: number;
        };
    maxLines?: number;
    maxLinesPerAgent?: number;
    maxCallsPerSecond?: number;
    ringTimeoutMs?: number;
    detectMachines?: boolean;
    abandonMessage?: boolean;
    hopperSize?: number;
  };
  agentDesk?: {
    wrapUpLimitMs?: number;
    wrapUpExtensionMs?: number;
    previewLimitMs?: number;
    previewRule?: 'dial' | 'skip' | 'pause';
  };
  retries?: {
    rules?: {
      answered?: {
        delayMs: number;
        maxPerNumber?: number;
        turnTo: 'nextNumber' | 'sameNumber';
        final?: 'number' | 'invalid' | 'lead';
      };
      machine?: {
        delayMs: number;
        maxPerNumber?: number;
        turnTo: 'nextNumber' | 'sameNumber';
        final?: 'number' | 'invalid' | 'lead';
      };
      fax?: {
        delayMs: number;
        maxPerNumber?: number;
        turnTo: 'nextNumber' | 'sameNumber';
        final?: 'number' | 'invalid' | 'lead';
      };
      noAnswer?: {
        delayMs: number;
        maxPerNumber?: number;
        turnTo: 'nextNumber' | 'sameNumber';
        final?: 'number' | 'invalid' | 'lead';
      };
      busy?: {
        delayMs: number;
        maxPerNumber?: number;
        turnTo: 'nextNumber' | 'sameNumber';
        final?: 'number' | 'invalid' | 'lead';
      };
      congestion?: {
        delayMs: number;
        maxPerNumber?: number;
        turnTo: 'nextNumber' | 'sameNumber';
        final?: 'number' | 'invalid' | 'lead';
      };
      rejected?: {
        delayMs: number;
        maxPerNumber?: number;
        turnTo: 'nextNumber' | 'sameNumber';
        final?: 'number' | 'invalid' | 'lead';
      };
      invalid?: {
        delayMs: number;
        maxPerNumber?: number;
        turnTo: 'nextNumber' | 'sameNumber';
        final?: 'number' | 'invalid' | 'lead';
      };
      failed?: {
        delayMs: number;
        maxPerNumber?: number;
        turnTo: 'nextNumber' | 'sameNumber';
        final?: 'number' | 'invalid' | 'lead';
      };
      cancelled?: {
        delayMs: number;
        maxPerNumber?: number;
        turnTo: 'nextNumber' | 'sameNumber';
        final?: 'number' | 'invalid' | 'lead';
      };
      hungUpWaiting?: {
        delayMs: number;
        maxPerNumber?: number;
        turnTo: 'nextNumber' | 'sameNumber';
        final?: 'number' | 'invalid' | 'lead';
      };
      abandoned?: {
        delayMs: number;
        maxPerNumber?: number;
        turnTo: 'nextNumber' | 'sameNumber';
        final?: 'number' | 'invalid' | 'lead';
      };
      unknown?: {
        delayMs: number;
        maxPerNumber?: number;
        turnTo: 'nextNumber' | 'sameNumber';
        final?: 'number' | 'invalid' | 'lead';
      };
    };
    maxPerNumber?: number;
    maxPerLead?: number;
    maxPerLeadPerDay?: number;
    maxFailuresPerNumber?: number;
    betweenNumbersMs?: number;
  };
  compliance?: {
    presets?: string[];
    windows?: {
      days: number[];
      from: number;
      to: number;
    }[];
  };
}
export interface Campaign {
  id: string;
  vendorId: string;
  teamId: string;
  name: string;
  state: 'draft' | 'ready' | 'running' | 'paused' | 'finished' | 'archived';
  dialMode: 'preview' | 'progressive' | 'ratio' | 'predictive';
  timeZone: string;
  scriptId: string | null;
  settings: CampaignSettings;
  callerIds: {
    e164: string;
    dailyCap: number | null;
  }[];
  version: number;
  startedAt: number | null;
  finishedAt: number | null;
  createdAt: number;
  updatedAt: number;
}
export interface CampaignSettings {
  dialing: {
    ratio: number;
    targetAbandonRate: number;
    connectWithinMs: number;
    abandonWindow:
      | {
          kind: 'localDay';
          timeZone: string;
        }
      | {
          kind: 'campaignBlock';
          days: number;
        }
      | {
          kind: 'calendarMonth';
          timeZone: string;
        }
      | {
          kind: 'rolling';
          hours: number;
        };
    maxLines: number;
    maxLinesPerAgent: number;
    maxCallsPerSecond: number;
    ringTimeoutMs: number;
    detectMachines: boolean;
    abandonMessage: boolean;
    hopperSize: number;
  };
  agentDesk: {
    wrapUpLimitMs: number;
    wrapUpExtensionMs: number;
    previewLimitMs: number;
    previewRule: 'dial' | 'skip' | 'pause';
  };
  retries: {
    rules: {
      answered: {
        delayMs: number;
        maxPerNumber?: number;
        turnTo: 'nextNumber' | 'sameNumber';
        final?: 'number' | 'invalid' | 'lead';
      };
      machine: {
        delayMs: number;
        maxPerNumber?: number;
        turnTo: 'nextNumber' | 'sameNumber';
        final?: 'number' | 'invalid' | 'lead';
      };
      fax: {
        delayMs: number;
        maxPerNumber?: number;
        turnTo: 'nextNumber' | 'sameNumber';
        final?: 'number' | 'invalid' | 'lead';
      };
      noAnswer: {
        delayMs: number;
        maxPerNumber?: number;
        turnTo: 'nextNumber' | 'sameNumber';
        final?: 'number' | 'invalid' | 'lead';
      };
      busy: {
        delayMs: number;
        maxPerNumber?: number;
        turnTo: 'nextNumber' | 'sameNumber';
        final?: 'number' | 'invalid' | 'lead';
      };
      congestion: {
        delayMs: number;
        maxPerNumber?: number;
        turnTo: 'nextNumber' | 'sameNumber';
        final?: 'number' | 'invalid' | 'lead';
      };
      rejected: {
        delayMs: number;
        maxPerNumber?: number;
        turnTo: 'nextNumber' | 'sameNumber';
        final?: 'number' | 'invalid' | 'lead';
      };
      invalid: {
        delayMs: number;
        maxPerNumber?: number;
        turnTo: 'nextNumber' | 'sameNumber';
        final?: 'number' | 'invalid' | 'lead';
      };
      failed: {
        delayMs: number;
        maxPerNumber?: number;
        turnTo: 'nextNumber' | 'sameNumber';
        final?: 'number' | 'invalid' | 'lead';
      };
      cancelled: {
        delayMs: number;
        maxPerNumber?: number;
        turnTo: 'nextNumber' | 'sameNumber';
        final?: 'number' | 'invalid' | 'lead';
      };
      hungUpWaiting: {
        delayMs: number;
        maxPerNumber?: number;
        turnTo: 'nextNumber' | 'sameNumber';
        final?: 'number' | 'invalid' | 'lead';
      };
      abandoned: {
        delayMs: number;
        maxPerNumber?: number;
        turnTo: 'nextNumber' | 'sameNumber';
        final?: 'number' | 'invalid' | 'lead';
      };
      unknown: {
        delayMs: number;
        maxPerNumber?: number;
        turnTo: 'nextNumber' | 'sameNumber';
        final?: 'number' | 'invalid' | 'lead';
      };
    };
    maxPerNumber: number;
    maxPerLead: number;
    maxPerLeadPerDay: number;
    maxFailuresPerNumber: number;
    betweenNumbersMs: number;
  };
  compliance: {
    presets: string[];
    windows: {
      days: number[];
      from: number;
      to: number;
    }[];
  };
}
export interface CampaignSettingsChange1 {
  dialing?: {
    ratio?: number;
    targetAbandonRate?: number;
    connectWithinMs?: number;
    abandonWindow?:
      | {
          kind: 'localDay';
          timeZone: string;
        }
      | {
          kind: 'campaignBlock';
          days: number;
        }
      | {
          kind: 'calendarMonth';
          timeZone: string;
        }
      | {
          kind: 'rolling';
          hours: number;
        };
    maxLines?: number;
    maxLinesPerAgent?: number;
    maxCallsPerSecond?: number;
    ringTimeoutMs?: number;
    detectMachines?: boolean;
    abandonMessage?: boolean;
    hopperSize?: number;
  };
  agentDesk?: {
    wrapUpLimitMs?: number;
    wrapUpExtensionMs?: number;
    previewLimitMs?: number;
    previewRule?: 'dial' | 'skip' | 'pause';
  };
  retries?: {
    rules?: {
      answered?: {
        delayMs: number;
        maxPerNumber?: number;
        turnTo: 'nextNumber' | 'sameNumber';
        final?: 'number' | 'invalid' | 'lead';
      };
      machine?: {
        delayMs: number;
        maxPerNumber?: number;
        turnTo: 'nextNumber' | 'sameNumber';
        final?: 'number' | 'invalid' | 'lead';
      };
      fax?: {
        delayMs: number;
        maxPerNumber?: number;
        turnTo: 'nextNumber' | 'sameNumber';
        final?: 'number' | 'invalid' | 'lead';
      };
      noAnswer?: {
        delayMs: number;
        maxPerNumber?: number;
        turnTo: 'nextNumber' | 'sameNumber';
        final?: 'number' | 'invalid' | 'lead';
      };
      busy?: {
        delayMs: number;
        maxPerNumber?: number;
        turnTo: 'nextNumber' | 'sameNumber';
        final?: 'number' | 'invalid' | 'lead';
      };
      congestion?: {
        delayMs: number;
        maxPerNumber?: number;
        turnTo: 'nextNumber' | 'sameNumber';
        final?: 'number' | 'invalid' | 'lead';
      };
      rejected?: {
        delayMs: number;
        maxPerNumber?: number;
        turnTo: 'nextNumber' | 'sameNumber';
        final?: 'number' | 'invalid' | 'lead';
      };
      invalid?: {
        delayMs: number;
        maxPerNumber?: number;
        turnTo: 'nextNumber' | 'sameNumber';
        final?: 'number' | 'invalid' | 'lead';
      };
      failed?: {
        delayMs: number;
        maxPerNumber?: number;
        turnTo: 'nextNumber' | 'sameNumber';
        final?: 'number' | 'invalid' | 'lead';
      };
      cancelled?: {
        delayMs: number;
        maxPerNumber?: number;
        turnTo: 'nextNumber' | 'sameNumber';
        final?: 'number' | 'invalid' | 'lead';
      };
      hungUpWaiting?: {
        delayMs: number;
        maxPerNumber?: number;
        turnTo: 'nextNumber' | 'sameNumber';
        final?: 'number' | 'invalid' | 'lead';
      };
      abandoned?: {
        delayMs: number;
        maxPerNumber?: number;
        turnTo: 'nextNumber' | 'sameNumber';
        final?: 'number' | 'invalid' | 'lead';
      };
      unknown?: {
        delayMs: number;
        maxPerNumber?: number;
        turnTo: 'nextNumber' | 'sameNumber';
        final?: 'number' | 'invalid' | 'lead';
      };
    };
    maxPerNumber?: number;
    maxPerLead?: number;
    maxPerLeadPerDay?: number;
    maxFailuresPerNumber?: number;
    betweenNumbersMs?: number;
  };
  compliance?: {
    presets?: string[];
    windows?: {
      days: number[];
      from: number;
      to: number;
    }[];
  };
}
export interface Blocker {
  code: string;
  message: string;
  params: {
    [k: string]: unknown;
  };
}
export interface Script {
  id: string;
  vendorId: string;
  teamId: string;
  name: string;
  createdAt: number;
  approvedVersion: number | null;
}
export interface ScriptVersionSummary {
  id: string;
  scriptId: string;
  number: number;
  locale: string;
  state: 'draft' | 'approved' | 'retired';
  contentHash: string;
  createdBy: string | null;
  createdAt: number;
  approvedBy: string | null;
  approvedAt: number | null;
}
export interface ScriptVersion {
  id: string;
  scriptId: string;
  number: number;
  locale: string;
  state: 'draft' | 'approved' | 'retired';
  document: {
    locale: 'zh-CN' | 'en';
    start: string;
    steps: {
      id: string;
      title: string;
      body: string;
      required?: boolean;
      kind:
        'opening' | 'permission' | 'need' | 'offer' | 'objection' | 'close' | 'confirm' | 'thank' | 'other';
      branches: {
        label: string;
        goTo: string;
        when?:
          | {
              field: string;
              exists: boolean;
            }
          | {
              field: string;
              equals: string | number | boolean;
            };
      }[];
    }[];
  };
  contentHash: string;
  createdBy: string | null;
  createdAt: number;
  approvedBy: string | null;
  approvedAt: number | null;
}
export interface SavedScriptVersion {
  version: ScriptVersion;
  warnings: ScriptIssue[];
}
export interface ScriptIssue {
  code: string;
  severity: 'error' | 'warning';
  path: string;
  stepId?: string;
  line?: number;
  column?: number;
  params: {
    [k: string]: unknown;
  };
  message: string;
}
export interface RenderedScript {
  locale: string;
  start: string;
  truncated: boolean;
  steps: {
    id: string;
    title: string;
    kind: string;
    required: boolean;
    paragraphs: unknown[];
    branches: {
      label: string;
      goTo: string;
    }[];
    missing: string[];
  }[];
}
export interface Product {
  id: string;
  vendorId: string;
  code: string;
  nameEn: string;
  nameZh: string;
  priceMinor: number;
  currency: string;
  active: boolean;
  createdAt: number;
}
export interface AuditEntry {
  id: string;
  at: number;
  actorId: string | null;
  actorName: string | null;
  action: string;
  entity: string;
  entityId: string;
  before: unknown;
  after: unknown;
  reason: string | null;
}
