import type { Disposition, LeadList, RenderedScript } from './shapes.ts';

/**
 * Routes that the page is built for and the OpenAPI document does not have yet. One that appears there is taken
 * out here, and the compiler says where the two differ.
 */
export interface ExpectedRoutes {
  'GET /demo/people': { params: null; query: null; body: null; response: { items: DemoPerson[] } };
  'GET /campaigns/{campaignId}/live': {
    params: { campaignId: string };
    query: null;
    body: null;
    response: LiveSnapshot;
  };
  'GET /campaigns/{campaignId}/diagnosis': {
    params: { campaignId: string };
    query: null;
    body: null;
    response: Diagnosis;
  };
  'GET /reports': { params: null; query: ReportQuery; body: null; response: Report };
  'GET /agent/desk': { params: null; query: null; body: null; response: DeskView };
  'POST /agent/session': { params: null; query: null; body: { campaignId: string }; response: AgentView };
  'DELETE /agent/session': { params: null; query: null; body: null; response: AgentView };
  'POST /agent/ready': { params: null; query: null; body: null; response: AgentView };
  'POST /agent/pause': { params: null; query: null; body: { reason: string }; response: AgentView };
  'POST /agent/hang-up': { params: null; query: null; body: null; response: AgentView };
  'POST /agent/dispose': { params: null; query: null; body: DisposeBody; response: AgentView };
  'POST /agent/extend-wrap-up': { params: null; query: null; body: null; response: AgentView };
  'POST /agent/preview/dial': { params: null; query: null; body: null; response: AgentView };
  'POST /agent/preview/skip': { params: null; query: null; body: { reason: string }; response: AgentView };
  'GET /lists': {
    params: null;
    query: { limit?: number; cursor?: string };
    body: null;
    response: { items: LeadList[]; nextCursor: string | null };
  };
  'POST /lists': {
    params: null;
    query: null;
    body: { name: string; country: string; campaignId?: string | null };
    response: LeadList;
  };
  'GET /lists/{listId}/imports': {
    params: { listId: string };
    query: null;
    body: null;
    response: { items: ListImport[] };
  };
}

export interface DemoPerson {
  login: string;
  name: string;
  role: 'admin' | 'manager' | 'marketer' | 'agent';
  password: string;
}

export type AgentStateName = 'available' | 'reserved' | 'ringing' | 'connected' | 'wrapUp' | 'paused';

export interface LiveAgent {
  agentId: string;
  name: string;
  state: AgentStateName;
  reason: string;
  since: number;
}

export interface LiveSnapshot {
  campaignId: string;
  at: number;
  /** False: no engine runs the campaign now, and the rest is empty. */
  running: boolean;
  agents: LiveAgent[];
  calls: { ringing: number; waiting: number; connected: number };
  pacing: {
    mode: string;
    placed: number;
    reason: string;
    linesInUse: number;
    maxLines: number;
    abandonRate: number;
    targetAbandonRate: number;
  } | null;
  today: { attempts: number; answered: number; connected: number; abandoned: number; sales: number } | null;
}

export interface DiagnosisPart {
  code: string;
  leads: number;
  zone?: string | null;
  /** When time alone changes it; UTC ms. */
  until?: number | null;
}

export interface Diagnosis {
  campaignId: string;
  at: number;
  leads: number;
  /** What keeps the whole campaign from dialing, the first thing first; empty when it dials. */
  blockedBy: string[];
  parts: DiagnosisPart[];
}

export const REPORT_GROUPS = ['campaign', 'list', 'agent', 'scriptVersion', 'hour', 'day'] as const;
export type ReportGroup = (typeof REPORT_GROUPS)[number];

export interface ReportQuery {
  groupBy: ReportGroup;
  from: number;
  to: number;
  campaignId?: string;
}

export interface ReportRow {
  key: string;
  label: string;
  leads: number;
  attempted: number;
  attempts: number;
  contacted: number;
  rightPerson: number;
  sales: number;
  answered: number;
  abandoned: number;
  talkMs: number;
  wrapUpMs: number;
}

export interface Report {
  groupBy: ReportGroup;
  rows: ReportRow[];
  total: ReportRow;
  /** Aggregates may lag; UTC ms of what is in. */
  upTo?: number;
}

export interface AgentView {
  agentId: string;
  sessionId: string | null;
  campaignId: string | null;
  state: AgentStateName | 'signedOff';
  reason: string;
  since: number;
  endsAt: number | null;
  canExtend: boolean;
  work: AgentWork | null;
}

export interface AgentWork {
  attemptId: string | null;
  callId: string | null;
  leadId: string;
  listId: string;
  numberOrdinal: number;
  mode: string;
  scriptVersionId: string | null;
  connectedAt: number | null;
  endedAt: number | null;
}

export interface LeadNumber {
  ordinal: number;
  e164: string;
  extension: string;
  kind: string;
}

export interface LeadCard {
  lead: {
    id: string;
    attempts: number;
    numbers: LeadNumber[];
    profile: Record<string, unknown>;
    vars: Record<string, unknown>;
  };
  history: {
    attemptId: string;
    at: number;
    outcome: string | null;
    talkMs: number | null;
    note: string | null;
  }[];
}

export interface DeskView {
  /** The server's clock: timers count from it. */
  now: number;
  agent: AgentView;
  campaign: { id: string; name: string; dialMode: string; timeZone: string } | null;
  card: LeadCard | null;
  script: RenderedScript | null;
  dispositions: Disposition[];
  today: { since: number; calls: number; disposed: number; sales: number; talkMs: number };
}

export interface DisposeBody {
  callId: string;
  dispositionId: string;
  note: string;
  callback?: { localTime: string; timeZone: string; reservedForAgent: boolean };
}

export interface ListImport {
  id: string;
  listId: string;
  fileName: string;
  state: 'queued' | 'running' | 'done' | 'failed';
  rows: number;
  accepted: number;
  duplicates: number;
  doNotCall: number;
  rejected: number;
  /** 0 to 1. */
  progress: number;
  /** A problem's code, when it failed. */
  error: string | null;
  createdAt: number;
}
