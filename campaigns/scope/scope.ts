import type { Knex } from 'knex';
import { DomainError } from '../../platform/errors/index.ts';
import type { Id } from '../../platform/ids/index.ts';

export const ROLES = ['admin', 'manager', 'marketer', 'agent'] as const;
export type Role = (typeof ROLES)[number];

/** What a user sees: everything, all teams of the vendor, or the own team. */
export const SCOPES = ['all', 'vendor', 'team'] as const;
export type Scope = (typeof SCOPES)[number];

/** Who asks. Every query of a business row takes one. */
export interface Viewer {
  readonly userId: Id;
  readonly vendorId: Id;
  readonly teamId: Id;
  readonly role: Role;
  readonly scope: Scope;
}

/** Whose a row is. */
export interface Owner {
  readonly vendorId: Id;
  readonly teamId: Id;
}

export function sees(viewer: Viewer, owner: Owner): boolean {
  if (viewer.scope === 'all') return true;
  if (owner.vendorId !== viewer.vendorId) return false;
  return viewer.scope === 'vendor' || owner.teamId === viewer.teamId;
}

/**
 * The row itself, when the viewer may know of it.
 * @throws DomainError `<entity>_not_found`, the same for a row that does not exist and one of somebody else
 */
export function assertSees<T extends Owner>(viewer: Viewer, row: T | undefined, entity: string): T {
  if (row && sees(viewer, row)) return row;
  throw new DomainError('notFound', `${entity}_not_found`, `There is no such ${entity.replaceAll('_', ' ')}`);
}

/** Narrows a query over a table with `vendor_id` and `team_id` to what the viewer sees. */
export function scoped<Q extends Knex.QueryBuilder>(query: Q, viewer: Viewer, table?: string): Q {
  const column = (name: string) => (table ? `${table}.${name}` : name);
  if (viewer.scope === 'all') return query;
  query.where(column('vendor_id'), viewer.vendorId);
  if (viewer.scope === 'team') query.where(column('team_id'), viewer.teamId);
  return query;
}
