import type { Role } from '../api/shapes.ts';

export type PageName = 'desk' | 'live' | 'report' | 'lists';

const PAGES: Record<Role, readonly PageName[]> = {
  agent: ['desk'],
  marketer: ['lists', 'live', 'report'],
  manager: ['live', 'report', 'lists'],
  admin: ['live', 'report', 'lists'],
};

/** The pages of a role, in the order of its work. */
export function pagesOf(role: Role): readonly PageName[] {
  return PAGES[role];
}

export function homeOf(role: Role): PageName {
  return PAGES[role][0] ?? 'live';
}
