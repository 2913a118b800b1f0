import type { Routes } from '../api-types.ts';

/** Names for what the generated types say of the routes. */
export type Me = Routes['GET /auth/me']['response'];
export type Role = Me['user']['role'];
export type CampaignSummary = Routes['GET /campaigns']['response']['items'][number];
export type CampaignState = CampaignSummary['state'];
export type LifecycleAction = Routes['POST /campaigns/{campaignId}/lifecycle']['body']['action'];
export interface Disposition {
  id: string;
  /** The group it is a reason of; a group cannot be chosen. */
  parentId: string | null;
  code: string;
  category: string;
  label: { en: string; zh: string };
  rightPerson: boolean;
  needsNote: boolean;
  needsCallbackTime: boolean;
  position: number;
  active: boolean;
}

export interface LeadList {
  id: string;
  campaignId: string | null;
  name: string;
  country: string;
  state: 'active' | 'stopped';
  leads: number;
  createdAt: number;
}

/** Lines of plain text, shown as text. */
export interface Paragraph {
  lines: string[];
}

export interface RenderedStep {
  id: string;
  title: string;
  kind: string;
  required: boolean;
  paragraphs: Paragraph[];
  branches: { label: string; goTo: string }[];
  missing: string[];
}

export interface RenderedScript {
  locale: string;
  start: string;
  truncated: boolean;
  steps: RenderedStep[];
}
