import type { Routes } from '../api-types.ts';

/** Names for what the generated types say of the routes. */
export type Me = Routes['GET /auth/me']['response'];
export type Role = Me['user']['role'];
export type CampaignSummary = Routes['GET /campaigns']['response']['items'][number];
export type CampaignState = CampaignSummary['state'];
export type LifecycleAction = Routes['POST /campaigns/{campaignId}/lifecycle']['body']['action'];
export type LeadList = Routes['GET /lists']['response']['items'][number];

export type LiveSnapshot = Routes['GET /campaigns/{campaignId}/live']['response'];
export type LiveAgent = LiveSnapshot['agents'][number];

export type DeskView = Routes['GET /agent/desk']['response'];
export type AgentView = DeskView['agent'];
export type AgentWork = NonNullable<AgentView['work']>;
export type LeadCard = NonNullable<DeskView['card']>;
export type Disposition = DeskView['dispositions'][number];
export type RenderedScript = NonNullable<DeskView['script']>;
export type RenderedStep = RenderedScript['steps'][number];
export type DisposeBody = Routes['POST /agent/dispose']['body'];

export type DemoPerson = Routes['GET /demo/people']['response']['items'][number];
export type Diagnosis = Routes['GET /campaigns/{campaignId}/diagnosis']['response'];
export type ListImport = Routes['GET /lists/{listId}/imports']['response']['items'][number];
export type Report = Routes['GET /reports']['response'];
export type ListUpload = Routes['POST /lists/{listId}/uploads']['response'];
export type ListPreview = Routes['POST /lists/{listId}/uploads/{fileId}/preview']['response'];
