/** Generated from the OpenAPI document by test/web/generate-api-types.ts: do not change by hand. */

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
  'GET /demo/people': {
    params: null;
    query: null;
    body: null;
    response: {
      items: DemoPerson[];
    };
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
  'GET /lists': {
    params: null;
    query: {
      limit?: number;
      cursor?: string;
      campaignId?: string;
    };
    body: null;
    response: {
      items: List[];
      nextCursor: string | null;
    };
  };
  'POST /lists': {
    params: null;
    query: null;
    body: {
      name: string;
      country: string;
      teamId?: string;
      campaignId?: string | null;
      position?: number;
    };
    response: List;
  };
  'GET /lists/{listId}': {
    params: {
      listId: string;
    };
    query: null;
    body: null;
    response: List;
  };
  'PATCH /lists/{listId}': {
    params: {
      listId: string;
    };
    query: null;
    body: {
      name?: string;
      campaignId?: string | null;
      state?: 'active' | 'stopped';
      position?: number;
    };
    response: List;
  };
  'POST /lists/{listId}/uploads': {
    params: {
      listId: string;
    };
    query: null;
    body: null;
    response: ListUpload;
  };
  'POST /lists/{listId}/uploads/{fileId}/preview': {
    params: {
      listId: string;
      fileId: string;
    };
    query: null;
    body: {
      encoding?: string;
      delimiter?: string;
      hasHeader?: boolean;
      sheet?: string | number;
      acceptGuess?: boolean;
      mapping?: {
        [k: string]: string;
      };
    };
    response: ListPreview;
  };
  'GET /lists/{listId}/imports': {
    params: {
      listId: string;
    };
    query: null;
    body: null;
    response: {
      items: ListImport[];
    };
  };
  'POST /lists/{listId}/imports': {
    params: {
      listId: string;
    };
    query: null;
    body: {
      fileId: string;
      options?: {
        encoding?: string;
        delimiter?: string;
        hasHeader?: boolean;
        sheet?: string | number;
        acceptGuess?: boolean;
        mapping?: {
          [k: string]: string;
        };
        duplicates?: 'skip' | 'update' | 'add';
        badNumber?: 'warn' | 'reject';
        repairLostZeros?: boolean;
        consent?: {
          level?: 'contract' | 'optIn' | 'optInWritten';
          all?: boolean;
          until?: number | null;
        };
        onFailure?: 'rollBack' | 'keep';
      };
    };
    response: ListImport;
  };
  'GET /lists/{listId}/imports/{importId}': {
    params: {
      listId: string;
      importId: string;
    };
    query: null;
    body: null;
    response: ListImport;
  };
  'POST /lists/{listId}/imports/{importId}/cancel': {
    params: {
      listId: string;
      importId: string;
    };
    query: null;
    body: null;
    response: ListImport;
  };
  'GET /lists/{listId}/imports/{importId}/rejects': {
    params: {
      listId: string;
      importId: string;
    };
    query: null;
    body: null;
    response: null;
  };
  'GET /leads': {
    params: null;
    query: {
      limit?: number;
      cursor?: string;
      listId: string;
      state?: 'ready' | 'waiting' | 'held' | 'claimed' | 'inCall' | 'suppressed' | 'done';
      reason?: string;
    };
    body: null;
    response: {
      items: Lead[];
      nextCursor: string | null;
    };
  };
  'POST /leads/search': {
    params: null;
    query: null;
    body: {
      e164: string;
      campaignId?: string;
    };
    response: {
      items: Lead[];
    };
  };
  'GET /leads/{leadId}': {
    params: {
      leadId: string;
    };
    query: null;
    body: null;
    response: {
      lead: Lead;
      history: LeadAttempt[];
    };
  };
  'GET /do-not-call': {
    params: null;
    query: {
      limit?: number;
      cursor?: string;
    };
    body: null;
    response: {
      items: DoNotCallEntry[];
      nextCursor: string | null;
    };
  };
  'POST /do-not-call': {
    params: null;
    query: null;
    body: {
      e164: string;
      range?: 'vendor' | 'all';
      reason?: 'asked' | 'complaint' | 'regulator' | 'deceased' | 'legal' | 'other';
      note?: string;
    };
    response: DoNotCallEntry;
  };
  'POST /do-not-call/search': {
    params: null;
    query: null;
    body: {
      e164: string;
    };
    response: {
      items: DoNotCallEntry[];
    };
  };
  'POST /do-not-call/{entryId}/release': {
    params: {
      entryId: string;
    };
    query: null;
    body: {
      reason: string;
    };
    response: DoNotCallEntry;
  };
  'GET /campaigns/{campaignId}/dispositions': {
    params: {
      campaignId: string;
    };
    query: null;
    body: null;
    response: {
      items: Disposition[];
    };
  };
  'PUT /campaigns/{campaignId}/dispositions': {
    params: {
      campaignId: string;
    };
    query: null;
    body: {
      items: {
        code: string;
        category:
          | 'sale'
          | 'refusal'
          | 'callback'
          | 'undecided'
          | 'wrongPerson'
          | 'doNotCall'
          | 'machine'
          | 'noContact';
        label: {
          en: string;
          zh: string;
        };
        rightPerson?: boolean;
        needsNote?: boolean;
        needsCallbackTime?: boolean;
        rule:
          | {
              action: 'close';
              result: 'sold' | 'refused' | 'noContact' | 'completed';
              coolDownDays?: number;
            }
          | {
              action: 'retry';
              afterMinutes: number;
              number?: 'same' | 'next';
            }
          | {
              action: 'callback';
            }
          | {
              action: 'doNotCall';
            }
          | {
              action: 'wrongNumber';
            };
        reasons?: {
          code: string;
          category:
            | 'sale'
            | 'refusal'
            | 'callback'
            | 'undecided'
            | 'wrongPerson'
            | 'doNotCall'
            | 'machine'
            | 'noContact';
          label: {
            en: string;
            zh: string;
          };
          rightPerson?: boolean;
          needsNote?: boolean;
          needsCallbackTime?: boolean;
          rule:
            | {
                action: 'close';
                result: 'sold' | 'refused' | 'noContact' | 'completed';
                coolDownDays?: number;
              }
            | {
                action: 'retry';
                afterMinutes: number;
                number?: 'same' | 'next';
              }
            | {
                action: 'callback';
              }
            | {
                action: 'doNotCall';
              }
            | {
                action: 'wrongNumber';
              };
        }[];
      }[];
    };
    response: {
      items: Disposition[];
    };
  };
  'GET /compliance/presets': {
    params: null;
    query: null;
    body: null;
    response: {
      items: PresetSummary[];
    };
  };
  'GET /compliance/presets/{presetId}': {
    params: {
      presetId: string;
    };
    query: null;
    body: null;
    response: {
      chain: unknown[];
    };
  };
  'POST /agent/session': {
    params: null;
    query: null;
    body: {
      campaignId: string;
    };
    response: AgentView;
  };
  'DELETE /agent/session': {
    params: null;
    query: null;
    body: null;
    response: AgentView;
  };
  'POST /agent/ready': {
    params: null;
    query: null;
    body: null;
    response: AgentView;
  };
  'POST /agent/pause': {
    params: null;
    query: null;
    body: {
      reason?: string;
    };
    response: AgentView;
  };
  'POST /agent/extend-wrap-up': {
    params: null;
    query: null;
    body: null;
    response: AgentView;
  };
  'POST /agent/hang-up': {
    params: null;
    query: null;
    body: null;
    response: AgentView;
  };
  'POST /agent/dispose': {
    params: null;
    query: null;
    body: {
      callId: string;
      dispositionId: string;
      note?: string;
      callback?: {
        localTime: string;
        timeZone: string;
        reservedForAgent?: boolean;
      };
    };
    response: AgentView;
  };
  'POST /agent/preview/dial': {
    params: null;
    query: null;
    body: null;
    response: AgentView;
  };
  'POST /agent/preview/skip': {
    params: null;
    query: null;
    body: {
      reason?: string;
    };
    response: AgentView;
  };
  'GET /agent/desk': {
    params: null;
    query: null;
    body: null;
    response: Desk;
  };
  'GET /campaigns/{campaignId}/diagnosis': {
    params: {
      campaignId: string;
    };
    query: null;
    body: null;
    response: Diagnosis;
  };
  'GET /campaigns/{campaignId}/live': {
    params: {
      campaignId: string;
    };
    query: null;
    body: null;
    response: LiveCampaign;
  };
  'GET /reports': {
    params: null;
    query: {
      from: number;
      to: number;
      groupBy?: string;
      timeZone?: string;
      campaignId?: string;
    };
    body: null;
    response: Report;
  };
  'GET /reports/file': {
    params: null;
    query: {
      from: number;
      to: number;
      groupBy?: string;
      timeZone?: string;
      campaignId?: string;
      locale?: 'en' | 'zh-CN';
    };
    body: null;
    response: null;
  };
  'GET /campaigns/{campaignId}/abandon-windows': {
    params: {
      campaignId: string;
    };
    query: {
      from: number;
      to: number;
    };
    body: null;
    response: {
      items: {
        start: number;
        end: number;
        answered: number;
        abandoned: number;
        hungUpWaiting: number;
        rate: number | null;
      }[];
    };
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
export interface DemoPerson {
  login: string;
  name: string;
  role: 'admin' | 'manager' | 'marketer' | 'agent';
  password: string;
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
    paragraphs: {
      lines: string[];
    }[];
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
export interface List {
  id: string;
  vendorId: string;
  teamId: string;
  campaignId: string | null;
  name: string;
  country: string;
  state: 'active' | 'stopped';
  position: number;
  leads: number;
  createdAt: number;
}
export interface ListUpload {
  fileId: string;
  fileName: string;
  bytes: number;
  sha256: string;
}
export interface ListPreview {
  format: 'csv' | 'xlsx';
  encoding: {
    encoding: string;
    confidence: 'certain' | 'likely' | 'guess';
    alternatives: string[];
  } | null;
  delimiter: string | null;
  sheet: string | null;
  sheets: string[];
  columns: {
    header: string | null;
    target: string;
  }[];
  rows: {
    line: number;
    cells: string[];
    code: string | null;
    column: number | null;
  }[];
}
export interface ListImport {
  id: string;
  listId: string;
  fileName: string;
  sha256: string;
  state: 'pending' | 'running' | 'done' | 'failed' | 'rolledBack';
  rowsTotal: number | null;
  rows: number;
  accepted: number;
  duplicates: number;
  doNotCall: number;
  rejected: number;
  errorCode: string | null;
  createdAt: number;
  startedAt: number | null;
  finishedAt: number | null;
}
export interface Lead {
  id: string;
  listId: string;
  state: 'ready' | 'waiting' | 'held' | 'claimed' | 'inCall' | 'suppressed' | 'done';
  reason: string;
  dueAt: number | null;
  attempts: number;
  agentId: string | null;
  numbers: {
    ordinal: number;
    e164: string;
    extension: string;
    kind: string;
    state: 'active' | 'exhausted' | 'invalid' | 'suppressed';
    attempts: number;
    nextAt: number | null;
    lastOutcome: string | null;
  }[];
  profile: {
    [k: string]: unknown;
  };
  vars: {
    [k: string]: unknown;
  };
  createdAt: number;
  updatedAt: number;
}
export interface LeadAttempt {
  attemptId: string;
  at: number;
  mode: string;
  outcome: string | null;
  talkMs: number | null;
  agentId: string | null;
  dispositionId: string | null;
  note: string | null;
}
export interface DoNotCallEntry {
  id: string;
  range: 'vendor' | 'all';
  e164: string;
  reason: string;
  source: string;
  note: string | null;
  createdBy: string | null;
  createdAt: number;
  expiresAt: number | null;
  releasedAt: number | null;
  releasedReason: string | null;
}
export interface Disposition {
  id: string;
  parentId: string | null;
  code: string;
  category:
    'sale' | 'refusal' | 'callback' | 'undecided' | 'wrongPerson' | 'doNotCall' | 'machine' | 'noContact';
  label: {
    en: string;
    zh: string;
  };
  rightPerson: boolean;
  needsNote: boolean;
  needsCallbackTime: boolean;
  rule:
    | {
        action: 'close';
        result: 'sold' | 'refused' | 'noContact' | 'completed';
        coolDownDays?: number;
      }
    | {
        action: 'retry';
        afterMinutes: number;
        number: 'same' | 'next';
      }
    | {
        action: 'callback';
      }
    | {
        action: 'doNotCall';
      }
    | {
        action: 'wrongNumber';
      };
  position: number;
  active: boolean;
}
export interface PresetSummary {
  id: string;
  version: number;
  name: {
    en: string;
    'zh-CN': string;
  };
  asOf: string;
  jurisdiction: string | null;
  use: 'law' | 'policy' | 'simulation';
  extends: string | null;
}
export interface AgentView {
  agentId: string;
  sessionId: string | null;
  campaignId: string | null;
  state: 'available' | 'reserved' | 'ringing' | 'connected' | 'wrapUp' | 'paused' | 'signedOff';
  reason: string;
  since: number;
  endsAt: number | null;
  canExtend: boolean;
  work: {
    attemptId: string | null;
    callId: string | null;
    leadId: string;
    listId: string;
    numberOrdinal: number;
    mode: 'preview' | 'progressive' | 'ratio' | 'predictive' | 'manual';
    scriptVersionId: string | null;
    connectedAt: number | null;
    endedAt: number | null;
  } | null;
}
export interface Desk {
  now: number;
  agent: AgentView;
  campaign: {
    id: string;
    name: string;
    timeZone: string;
    dialMode: 'preview' | 'progressive' | 'ratio' | 'predictive' | 'manual';
  } | null;
  card: {
    lead: Lead;
    history: LeadAttempt[];
  } | null;
  script: RenderedScript | null;
  dispositions: Disposition[];
  today: {
    since: number;
    calls: number;
    disposed: number;
    sales: number;
    talkMs: number;
  };
}
export interface Diagnosis {
  campaignId: string;
  at: number;
  leads: number;
  parts: {
    code: string;
    params: {
      [k: string]: string | number | null;
    };
    leads: number;
  }[];
}
export interface LiveCampaign {
  campaignId: string;
  at: number;
  running: boolean;
  agents: {
    agentId: string;
    name: string;
    state: 'available' | 'reserved' | 'ringing' | 'connected' | 'wrapUp' | 'paused';
    reason: string;
    since: number;
  }[];
  calls: {
    ringing: number;
    waiting: number;
    connected: number;
  };
  pacing: {
    mode: 'preview' | 'progressive' | 'ratio' | 'predictive' | 'manual';
    placed: number;
    reason: string;
    linesInUse: number;
    maxLines: number;
    abandonRate: number;
    targetAbandonRate: number;
  } | null;
  today: {
    attempts: number;
    answered: number;
    connected: number;
    abandoned: number;
    sales: number;
  } | null;
}
export interface Report {
  from: number;
  to: number;
  timeZone: string;
  groupBy: ('campaign' | 'list' | 'agent' | 'scriptVersion' | 'day' | 'hour' | 'hourOfDay')[];
  lines: {
    key: {
      [k: string]: string;
    };
    names: {
      [k: string]: string;
    };
    leads: number | null;
    attempts: number;
    attemptedLeads: number;
    answered: number;
    contacts: number;
    contactedLeads: number;
    rightPersons: number;
    sales: number;
    refusals: number;
    callbacks: number;
    doNotCalls: number;
    abandoned: number;
    hungUpWaiting: number;
    machines: number;
    noAnswers: number;
    busies: number;
    rejections: number;
    invalids: number;
    failures: number;
    ringMs: number;
    waitMs: number;
    talkMs: number;
    wrapUpMs: number;
    penetration: number | null;
    contactRate: number | null;
    leadContactRate: number | null;
    rightPersonRate: number | null;
    conversionRate: number | null;
    listConversionRate: number | null;
    attemptsPerContact: number | null;
    abandonRate: number | null;
    averageTalkMs: number | null;
    averageWrapUpMs: number | null;
  }[];
  total: {
    leads: number | null;
    attempts: number;
    attemptedLeads: number;
    answered: number;
    contacts: number;
    contactedLeads: number;
    rightPersons: number;
    sales: number;
    refusals: number;
    callbacks: number;
    doNotCalls: number;
    abandoned: number;
    hungUpWaiting: number;
    machines: number;
    noAnswers: number;
    busies: number;
    rejections: number;
    invalids: number;
    failures: number;
    ringMs: number;
    waitMs: number;
    talkMs: number;
    wrapUpMs: number;
    penetration: number | null;
    contactRate: number | null;
    leadContactRate: number | null;
    rightPersonRate: number | null;
    conversionRate: number | null;
    listConversionRate: number | null;
    attemptsPerContact: number | null;
    abandonRate: number | null;
    averageTalkMs: number | null;
    averageWrapUpMs: number | null;
  };
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
