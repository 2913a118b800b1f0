import type { Clock } from '../../platform/clock/index.ts';
import type { Tx } from '../../platform/db/index.ts';
import { DomainError } from '../../platform/errors/index.ts';
import type { Id, Ids } from '../../platform/ids/index.ts';
import type { AuditLog } from '../audit/index.ts';
import type { Viewer } from '../scope/index.ts';
import { entryById, standingEntry } from './do-not-call-read-model.ts';
import type { EntryView, NewEntry } from './do-not-call-schema.ts';
import { putOnDoNotCall } from './do-not-call-store.ts';

export interface DoNotCallService {
  /** Puts a number on; one that is on stays as it is. Every lead with the number is taken out. */
  add(tx: Tx, viewer: Viewer, input: NewEntry): Promise<EntryView>;
  /** Takes an entry off, with the reason kept. Leads that it took out stay out. */
  release(tx: Tx, viewer: Viewer, input: { entryId: Id; reason: string }): Promise<EntryView>;
}

interface Services {
  clock: Clock;
  ids: Ids;
  audit: AuditLog;
  /** Told of every number after its commit, so that an order not yet placed is taken back. */
  onAdded?: ((e164: string) => void) | undefined;
}

export function createDoNotCallService({ clock, ids, audit, onAdded }: Services): DoNotCallService {
  return {
    async add(tx, viewer, input) {
      assertMayTouch(viewer, input.range);
      const entry = {
        e164: input.e164,
        vendorId: input.range === 'all' ? null : viewer.vendorId,
        customerId: null,
        reason: input.reason,
        source: 'user',
        note: input.note ?? null,
        createdBy: viewer.userId,
      };
      await putOnDoNotCall(tx, { entries: [entry], ids, now: clock.now() });
      tx.onCommit(() => onAdded?.(input.e164));
      const saved = await standingEntry(tx, entry);
      if (!saved) throw new Error('A do-not-call entry that was just written cannot be read');
      await audit.record(tx, {
        ...note(viewer, saved.id, 'do_not_call.added'),
        after: { reason: saved.reason },
      });
      return saved;
    },
    async release(tx, viewer, { entryId, reason }) {
      const entry = await entryById(tx, viewer, entryId);
      if (!entry) throw new DomainError('notFound', 'do_not_call_entry_not_found', 'There is no such entry');
      assertMayTouch(viewer, entry.range);
      const released = { released_at: clock.now(), released_by: viewer.userId, released_reason: reason };
      const changed = await tx
        .knex('do_not_call')
        .where('id', entryId)
        .whereNull('released_at')
        .update(released);
      if (changed === 0)
        throw new DomainError('conflict', 'already_released', 'The entry was released before');
      await audit.record(tx, { ...note(viewer, entryId, 'do_not_call.released'), reason });
      return { ...entry, releasedAt: released.released_at, releasedReason: reason };
    },
  };
}

function assertMayTouch(viewer: Viewer, range: 'vendor' | 'all'): void {
  if (range === 'vendor' || viewer.scope === 'all') return;
  throw new DomainError('forbidden', 'range_not_yours', "Only who sees everything changes everybody's list");
}

/** The number itself stays out of the audit. */
function note(viewer: Viewer, entityId: Id, action: string) {
  return { viewer, action, entity: 'do_not_call' as const, entityId };
}
