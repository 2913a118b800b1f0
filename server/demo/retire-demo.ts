import { passwordMatches } from '../../campaigns/users/index.ts';
import type { Clock } from '../../platform/clock/index.ts';
import type { Database } from '../../platform/db/index.ts';
import type { Id } from '../../platform/ids/index.ts';
import { DEMO_PASSWORD, DEMO_VENDOR } from './demo-campaigns.ts';

interface Parts {
  db: Database;
  clock: Clock;
}

/**
 * Closes the accounts that still have the demo's password, which everybody knows: a data directory that began as a
 * demo may go on as a real system. Who was given a password of their own stays. Answers how many were closed.
 */
export async function retireDemo({ db, clock }: Parts): Promise<number> {
  const people = await db.reader.raw<{ id: Id; password_hash: string }>(
    `select u.id, u.password_hash from users u join vendors v on v.id = u.vendor_id
     where v.name = ? and u.state = 'active'`,
    [DEMO_VENDOR],
  );
  const known: Id[] = [];
  for (const { id, password_hash } of people) {
    if (await passwordMatches(password_hash, DEMO_PASSWORD)) known.push(id);
  }
  if (known.length === 0) return 0;
  await db.transact(async (tx) => {
    await tx.knex('users').whereIn('id', known).update({ state: 'disabled', updated_at: clock.now() });
    await tx.knex('user_sessions').whereIn('user_id', known).del();
  });
  return known.length;
}

/** Opens them again for a further demo, when all of them are closed: one that a person closed stays so. */
export async function wakeDemo({ db, clock }: Parts): Promise<void> {
  await db.transact(async (tx) => {
    const people = () =>
      tx.knex('users').whereIn('vendor_id', tx.knex('vendors').where('name', DEMO_VENDOR).select('id'));
    if (await people().where('state', 'active').first('id')) return;
    await people().update({ state: 'active', updated_at: clock.now() });
  });
}
