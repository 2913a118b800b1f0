import type { Queries, Tx } from '../../platform/db/index.ts';
import type { Id } from '../../platform/ids/index.ts';

export interface SessionRow {
  token_hash: string;
  user_id: Id;
  csrf_token: string;
  created_at: number;
  last_seen_at: number;
  expires_at: number;
}

export async function insertSession(tx: Tx, row: SessionRow): Promise<void> {
  await tx.knex('user_sessions').insert(row);
}

export function sessionRow(queries: Queries, tokenHash: string): Promise<SessionRow | undefined> {
  return queries.knex<SessionRow>('user_sessions').where('token_hash', tokenHash).first();
}

export async function touchSession(tx: Tx, row: SessionRow): Promise<void> {
  const { token_hash, last_seen_at, expires_at } = row;
  await tx.knex('user_sessions').where({ token_hash }).update({ last_seen_at, expires_at });
}

export async function deleteSession(tx: Tx, tokenHash: string): Promise<void> {
  await tx.knex('user_sessions').where('token_hash', tokenHash).del();
}

export async function deleteExpired(tx: Tx, now: number): Promise<number> {
  return tx.knex('user_sessions').where('expires_at', '<=', now).del();
}

/** Keeps a user's newest sessions, so that signing in again and again does not fill the table. */
export async function keepNewest(tx: Tx, userId: Id, keep: number): Promise<void> {
  const rows: { token_hash: string }[] = await tx
    .knex('user_sessions')
    .where('user_id', userId)
    .orderBy([{ column: 'created_at', order: 'desc' }, 'token_hash'])
    .offset(keep)
    .limit(100)
    .select('token_hash');
  const hashes = rows.map((row) => row.token_hash);
  if (hashes.length > 0) await tx.knex('user_sessions').whereIn('token_hash', hashes).del();
}
