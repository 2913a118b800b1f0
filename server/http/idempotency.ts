import { createHmac } from 'node:crypto';
import type { Clock } from '../../platform/clock/index.ts';
import type { Database, Tx } from '../../platform/db/index.ts';
import { DomainError } from '../../platform/errors/index.ts';
import type { Id } from '../../platform/ids/index.ts';
import { HttpError } from './problem.ts';

/** How long an answer can be asked for again. */
export const KEEP_ANSWERS_MS = 24 * 3_600_000;

interface KeyRow {
  user_id: Id;
  key: string;
  request_hash: string;
  status: number | null;
  body: string | null;
  created_at: number;
}

export interface KeyedRequest {
  userId: Id;
  /** Undefined: the client gave no key, and a repetition creates again. */
  key: string | undefined;
  fingerprint: string;
}

/** Thrown out of the unit of work to answer what was answered before. */
export class AnsweredBefore extends Error {
  readonly body: unknown;

  constructor(body: unknown) {
    super('This idempotency key was answered before');
    this.body = body;
  }
}

/**
 * The key of a request, if any.
 * @throws HttpError 400 when it is not 1 to 200 printable ASCII characters
 */
export function readKey(header: string | undefined): string | undefined {
  if (header === undefined || /^[\x21-\x7e]{1,200}$/.test(header)) return header;
  throw new HttpError(
    400,
    'bad_idempotency_key',
    'Give an Idempotency-Key of 1 to 200 printable ASCII characters',
  );
}

/**
 * What makes two requests the same. Keyed by our secret: a body can hold a password, and a plain hash of it in the
 * database could be guessed.
 */
export function fingerprintOf(
  secret: string,
  request: { method: string; path: string; body: unknown },
): string {
  const text = `${request.method} ${request.path}\n${JSON.stringify(request.body ?? null)}`;
  return createHmac('sha256', secret).update(text).digest('hex');
}

/**
 * Runs `work` once per key. The key's row is written in the same unit of work as what it creates: of two requests
 * at the same time the second waits for the first's commit and gets its answer, and a crash leaves neither.
 * @throws AnsweredBefore; DomainError `idempotency_key_reused` for another request under the same key
 */
export function onceByKey<T>(
  { db, clock }: { db: Database; clock: Clock },
  request: KeyedRequest,
  work: (tx: Tx) => Promise<T>,
): Promise<T> {
  const { userId, key, fingerprint } = request;
  if (key === undefined) return db.transact(work);
  return db.transact(async (tx) => {
    const where = { user_id: userId, key };
    await takeKey(tx, {
      ...where,
      request_hash: fingerprint,
      status: null,
      body: null,
      created_at: clock.now(),
    });
    const result = await work(tx);
    await tx
      .knex('idempotency_keys')
      .where(where)
      .update({ status: 201, body: JSON.stringify(result ?? null) });
    return result;
  });
}

async function takeKey(tx: Tx, row: KeyRow): Promise<void> {
  const { user_id, key } = row;
  const expired = row.created_at - KEEP_ANSWERS_MS;
  await tx.knex('idempotency_keys').where({ user_id, key }).where('created_at', '<=', expired).del();
  const won = await tx.raw<{ key: string }>(
    'insert into idempotency_keys (user_id, key, request_hash, created_at) values (?, ?, ?, ?) ' +
      'on conflict do nothing returning key',
    [user_id, key, row.request_hash, row.created_at],
  );
  if (won.length > 0) return;
  const before: KeyRow | undefined = await tx.knex('idempotency_keys').where({ user_id, key }).first();
  if (before?.request_hash !== row.request_hash) {
    throw new DomainError(
      'invalid',
      'idempotency_key_reused',
      'This Idempotency-Key stands for another request',
    );
  }
  throw new AnsweredBefore(JSON.parse(before.body ?? 'null'));
}

/** Deletes what can no longer be asked for; answers how many. */
export function purgeIdempotencyKeys(db: Database, clock: Clock): Promise<number> {
  const until = clock.now() - KEEP_ANSWERS_MS;
  return db.transact((tx) => tx.knex('idempotency_keys').where('created_at', '<=', until).del());
}
