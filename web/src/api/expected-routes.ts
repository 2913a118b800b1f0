/**
 * Routes that the page is built for and the OpenAPI document does not have yet. One that appears there is taken
 * out here, and the compiler says where the two differ.
 */
export interface ExpectedRoutes {
  'GET /demo/people': { params: null; query: null; body: null; response: { items: DemoPerson[] } };
  'GET /campaigns/{campaignId}/diagnosis': {
    params: { campaignId: string };
    query: null;
    body: null;
    response: Diagnosis;
  };
  'GET /reports': {
    params: null;
    query: { from: number; to: number; groupBy?: string; timeZone?: string; campaignId?: string };
    body: null;
    response: Report;
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

export interface Diagnosis {
  campaignId: string;
  at: number;
  leads: number;
  parts: { code: string; params: Record<string, string | number | null>; leads: number }[];
}

interface Figures {
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
}

type Grouping = 'campaign' | 'list' | 'agent' | 'scriptVersion' | 'day' | 'hour' | 'hourOfDay';

export interface Report {
  from: number;
  to: number;
  timeZone: string;
  groupBy: Grouping[];
  lines: (Figures & {
    key: { [grouping in Grouping]?: string };
    names: { [grouping in Grouping]?: string };
  })[];
  total: Figures;
}

export interface ListImport {
  id: string;
  listId: string;
  fileName: string;
  state: 'pending' | 'running' | 'done' | 'failed' | 'rolledBack';
  rowsRead: number;
  rowsTotal: number | null;
  accepted: number;
  duplicates: number;
  doNotCall: number;
  rejected: number;
  hasRejectsFile: boolean;
  errorCode: string | null;
  createdAt: number;
}
