import type { Instant } from '../../platform/clock/index.ts';
import type { Database, Queries, Tx } from '../../platform/db/index.ts';
import { DomainError } from '../../platform/errors/index.ts';
import type { Id } from '../../platform/ids/index.ts';

/** How often an owner gives a sign of life; ms. */
export const RENEW_EVERY_MS = 5_000;
/** How long a silent owner keeps a campaign, in renewals. */
const RENEWALS_MISSED = 3;
/** The owner of a lease that was given back. */
const NOBODY = '';

export interface Lease {
  campaignId: Id;
  owner: string;
  /** Grows with every owner: what a late former owner writes under an old token is refused. */
  token: number;
  renewEveryMs: number;
  /** When the owner before gave its last sign of life; undefined for a campaign never dialed. */
  lastSignOfLife: Instant | undefined;
}

interface LeaseRow {
  token: number;
  owner: string;
  expires_at: number;
}

/**
 * Takes a campaign for this process if nobody else has it; undefined when somebody does.
 * @param request.soleProcess there is no other process: whoever still holds it has died
 */
export async function takeLease(
  db: Database,
  request: { campaignId: Id; owner: string; renewEveryMs: number; now: Instant; soleProcess?: boolean },
): Promise<Lease | undefined> {
  const { campaignId, owner, renewEveryMs, now, soleProcess = false } = request;
  const leaseMs = RENEWALS_MISSED * renewEveryMs;
  return db.transact(async (tx) => {
    const [before] = await tx.raw<LeaseRow>(
      'select token, owner, expires_at from campaign_leases where campaign_id = ?',
      [campaignId],
    );
    const taken = await tx.raw<{ token: number }>(
      `insert into campaign_leases (campaign_id, owner, token, expires_at) values (?, ?, 1, ?)
       on conflict (campaign_id) do update set owner = excluded.owner, token = campaign_leases.token + 1,
         expires_at = excluded.expires_at
       ${soleProcess ? '' : 'where campaign_leases.expires_at <= ? or campaign_leases.owner = excluded.owner'}
       returning token`,
      soleProcess ? [campaignId, owner, now + leaseMs] : [campaignId, owner, now + leaseMs, now],
    );
    const [row] = taken;
    if (!row) return undefined;
    const lastSignOfLife = before ? Math.min(now, lastSeen(before, leaseMs)) : undefined;
    return { campaignId, owner, token: row.token, renewEveryMs, lastSignOfLife };
  });
}

/** One that was given back was held until then; any other was renewed a lease's time before it runs out. */
function lastSeen(lease: LeaseRow, leaseMs: number): Instant {
  return lease.owner === NOBODY ? lease.expires_at : lease.expires_at - leaseMs;
}

/** Answers false when the lease is another's by now. */
export async function renewLease(tx: Tx, lease: Lease, now: Instant): Promise<boolean> {
  const renewed = await tx.raw(
    'update campaign_leases set expires_at = ? where campaign_id = ? and token = ? returning token',
    [now + RENEWALS_MISSED * lease.renewEveryMs, lease.campaignId, lease.token],
  );
  return renewed.length > 0;
}

/** Gives it back, so that another process, or the next start of this one, need not wait. */
export async function releaseLease(tx: Tx, lease: Lease, now: Instant): Promise<void> {
  await tx.raw('update campaign_leases set owner = ?, expires_at = ? where campaign_id = ? and token = ?', [
    NOBODY,
    now,
    lease.campaignId,
    lease.token,
  ]);
}

/** Inside a claim's unit of work: a process that was away too long claims nothing. */
export async function assertLease(queries: Queries, lease: Lease): Promise<void> {
  const [row] = await queries.raw<{ token: number }>(
    'select token from campaign_leases where campaign_id = ?',
    [lease.campaignId],
  );
  if (row?.token !== lease.token) {
    throw new DomainError('conflict', 'lease_lost', 'Another process dials this campaign now');
  }
}
