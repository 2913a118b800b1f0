import type { Clock } from '../../platform/clock/index.ts';
import type { Tx } from '../../platform/db/index.ts';
import type { Id, Ids } from '../../platform/ids/index.ts';
import type { Viewer } from '../scope/index.ts';
import type { Audited } from './audit-schema.ts';
import { insertEntry } from './audit-store.ts';

export interface AuditNote {
  /** Who did it; null: the system itself. */
  viewer: Viewer | null;
  /** `noun.past_participle`. */
  action: string;
  entity: Audited;
  entityId: Id;
  /** Whose it is; the actor's own when absent. */
  owner?: { vendorId: Id; teamId: Id | null };
  before?: unknown;
  after?: unknown;
  reason?: string | undefined;
}

export interface AuditLog {
  /** Writes the entry in the unit of work that makes the change. Never give it personal data. */
  record(tx: Tx, note: AuditNote): Promise<void>;
}

export function createAuditLog({ clock, ids }: { clock: Clock; ids: Ids }): AuditLog {
  return {
    record: (tx, note) =>
      insertEntry(tx, {
        id: ids.next(),
        at: clock.now(),
        actor_id: note.viewer?.userId ?? null,
        vendor_id: note.owner?.vendorId ?? note.viewer?.vendorId ?? null,
        team_id: note.owner ? note.owner.teamId : (note.viewer?.teamId ?? null),
        action: note.action,
        entity: note.entity,
        entity_id: note.entityId,
        before: toJson(note.before),
        after: toJson(note.after),
        reason: note.reason ?? null,
      }),
  };
}

/** The fields that differ, before and after: an entry says what changed, not all that is. */
export function changedFields(
  before: Readonly<Record<string, unknown>>,
  after: Readonly<Record<string, unknown>>,
): { before: Record<string, unknown>; after: Record<string, unknown> } {
  const names = Object.keys(after).filter(
    (name) => JSON.stringify(before[name]) !== JSON.stringify(after[name]),
  );
  const pick = (from: Readonly<Record<string, unknown>>) =>
    Object.fromEntries(names.map((name) => [name, from[name] ?? null]));
  return { before: pick(before), after: pick(after) };
}

function toJson(value: unknown): string | null {
  return value === undefined ? null : JSON.stringify(value);
}
