import type { Instant } from '../../../platform/clock/index.ts';
import type { Tx } from '../../../platform/db/index.ts';
import type { Id, Ids } from '../../../platform/ids/index.ts';
import type { ImportOptions } from '../imports-schema.ts';
import { insertRejects, type RowCounts } from '../imports-store.ts';
import type { AcceptedRow, LeadNumber, Reject } from '../reading/index.ts';
import { insertLeads } from './insert-leads.ts';
import {
  type KnownCustomer,
  type NumberPair,
  packPairs,
  readDoNotCall,
  readKnownCustomers,
  readKnownLeads,
} from './known-parties.ts';
import { type LeadDraft, mergeRow, nameKey, newDraft, numberKey } from './lead-draft.ts';
import { readDrafts, type StoredDraft, updateLeads } from './update-leads.ts';
import type { LeadZones } from './zone-ids.ts';

export type ReadRow = AcceptedRow | Reject;

export interface ChunkContext {
  importId: Id;
  listId: Id;
  vendorId: Id;
  options: Pick<ImportOptions, 'duplicates' | 'consent'>;
  ids: Ids;
  zones: LeadZones;
}

/** A lead with this number that is there: told of, when it may be updated. */
type Known = LeadDraft | 'untouched';

/**
 * Makes leads of some rows, in one unit of work: all of them or none. What comes out does not depend on how a file
 * is cut into chunks.
 */
export async function writeChunk(
  tx: Tx,
  context: ChunkContext,
  { rows, now }: { rows: readonly ReadRow[]; now: Instant },
): Promise<RowCounts> {
  const chunk = new Chunk(context, rows, now);
  await chunk.lookUp(tx);
  chunk.sort();
  await chunk.write(tx);
  return chunk.counts;
}

class Chunk {
  readonly counts: RowCounts = { rows: 0, accepted: 0, duplicates: 0, doNotCall: 0, rejected: 0 };
  readonly #context: ChunkContext;
  readonly #now: Instant;
  readonly #accepted: AcceptedRow[] = [];
  readonly #rejects: Reject[] = [];
  readonly #drafts: LeadDraft[] = [];
  readonly #newCustomers: { id: Id; name: string | null }[] = [];
  readonly #leads = new Map<string, Known>();
  #doNotCall: ReadonlySet<string> = new Set();
  #customers = new Map<string, KnownCustomer[]>();
  #stored: StoredDraft[] = [];

  constructor(context: ChunkContext, rows: readonly ReadRow[], now: Instant) {
    this.#context = context;
    this.#now = now;
    this.counts.rows = rows.length;
    for (const row of rows) {
      if ('accepted' in row && row.accepted) this.#accepted.push(row);
      else this.#rejects.push(row);
    }
    this.counts.rejected = this.#rejects.length;
  }

  async lookUp(tx: Tx): Promise<void> {
    if (this.#accepted.length === 0) return;
    const { listId, vendorId, options } = this.#context;
    const packed = packPairs(this.#pairs());
    this.#doNotCall = await readDoNotCall(tx, packed, { vendorId, now: this.#now });
    this.#customers = await readKnownCustomers(tx, packed);
    if (options.duplicates === 'add') return;
    const known = await readKnownLeads(tx, packed, listId);
    const drafts = options.duplicates === 'update' ? await readDrafts(tx, [...known.values()]) : new Map();
    for (const [key, leadId] of known) this.#leads.set(key, drafts.get(leadId) ?? 'untouched');
    this.#stored = [...drafts.values()];
  }

  #pairs(): NumberPair[] {
    const pairs = new Map<string, NumberPair>();
    for (const { numbers } of this.#accepted) {
      for (const number of numbers) {
        const key = numberKey(number);
        if (!pairs.has(key)) pairs.set(key, { e164: number.e164, extension: number.extension ?? '' });
      }
    }
    return [...pairs.values()];
  }

  /** Decides of each row, in the order of the file, what becomes of it. */
  sort(): void {
    for (const row of this.#accepted) {
      const numbers = this.#doNotCall.size === 0 ? row.numbers : this.#callable(row.numbers);
      if (numbers.length === 0) this.counts.doNotCall++;
      else this.#place(row, numbers);
    }
  }

  #callable(numbers: readonly LeadNumber[]): LeadNumber[] {
    return numbers.filter(({ e164 }) => !this.#doNotCall.has(e164));
  }

  #place(row: AcceptedRow, numbers: readonly LeadNumber[]): void {
    const { duplicates, consent } = this.#context.options;
    const known = duplicates === 'add' ? undefined : this.#knownBy(numbers);
    if (known === undefined) {
      this.counts.accepted++;
      this.#remember(this.#add(row, numbers), numbers);
      return;
    }
    this.counts.duplicates++;
    if (duplicates !== 'update' || known === 'untouched') return;
    mergeRow(known, row, { numbers, consent });
    this.#remember(known, numbers);
  }

  #knownBy(numbers: readonly LeadNumber[]): Known | undefined {
    for (const number of numbers) {
      const known = this.#leads.get(numberKey(number));
      if (known !== undefined) return known;
    }
    return undefined;
  }

  #remember(draft: LeadDraft, numbers: readonly LeadNumber[]): void {
    for (const number of numbers) {
      const key = numberKey(number);
      if (!this.#leads.has(key)) this.#leads.set(key, draft);
    }
  }

  #add(row: AcceptedRow, numbers: readonly LeadNumber[]): LeadDraft {
    const { ids, options } = this.#context;
    const customer = this.#customerOf(row, numbers);
    const draft = newDraft(row, numbers, {
      id: ids.next(),
      customerId: customer.id,
      consent: options.consent,
    });
    draft.confirmedZone = customer.zones;
    this.#drafts.push(draft);
    return draft;
  }

  /** The customer known by one of the numbers and the same name, wherever that was; else a new one. */
  #customerOf(row: AcceptedRow, numbers: readonly LeadNumber[]): KnownCustomer {
    const name = row.fields.name ?? null;
    if (this.#customers.size > 0) {
      const wanted = nameKey(name);
      for (const number of numbers) {
        const known = this.#customers.get(numberKey(number));
        const same = known?.find((customer) => nameKey(customer.name) === wanted);
        if (same) return same;
      }
    }
    const customer: KnownCustomer = { id: this.#context.ids.next(), name, zones: null };
    this.#newCustomers.push(customer);
    // Only then can a later row of the chunk be added under one of these numbers.
    if (this.#context.options.duplicates === 'add') this.#rememberCustomer(customer, numbers);
    return customer;
  }

  #rememberCustomer(customer: KnownCustomer, numbers: readonly LeadNumber[]): void {
    for (const number of numbers) {
      const key = numberKey(number);
      const known = this.#customers.get(key);
      if (known) known.push(customer);
      else this.#customers.set(key, [customer]);
    }
  }

  async write(tx: Tx): Promise<void> {
    const { importId, listId, zones } = this.#context;
    const updated = this.#stored.filter(({ changed }) => changed);
    await zones.place(tx, [...this.#drafts, ...updated]);
    await insertRejects(tx, importId, this.#rejects);
    await updateLeads(tx, updated, this.#now);
    await insertLeads(tx, {
      listId,
      importId,
      drafts: this.#drafts,
      newCustomers: this.#newCustomers,
      now: this.#now,
    });
  }
}
