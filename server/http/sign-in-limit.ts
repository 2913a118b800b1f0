import { createHmac } from 'node:crypto';
import { isIPv4 } from 'node:net';
import { RateLimiterMemory, RateLimiterRes } from 'rate-limiter-flexible';
import { DomainError } from '../../platform/errors/index.ts';

/** Wrong sign-ins that are borne: per account from anywhere, and per address for any account. */
export interface SignInLimits {
  perAccount: number;
  perAddress: number;
  windowSeconds: number;
}

export const SIGN_IN_LIMITS: SignInLimits = { perAccount: 10, perAddress: 50, windowSeconds: 15 * 60 };

export interface SignInGuard {
  /**
   * Counts a try before the password is looked at, so that many at once cannot slip through.
   * @throws DomainError `too_many_sign_ins` with `params.retryAfterSeconds`
   */
  enter(attempt: { login: string; address: string }): Promise<void>;
  /** The try was right: it does not count. */
  succeeded(attempt: { login: string; address: string }): Promise<void>;
}

/** Counts live in this process; several web processes bear several times as many. */
export function createSignInGuard(secret: string, limits: SignInLimits = SIGN_IN_LIMITS): SignInGuard {
  const limiter = (points: number) => new RateLimiterMemory({ points, duration: limits.windowSeconds });
  const accounts = limiter(limits.perAccount);
  const addresses = limiter(limits.perAddress);
  const accountKey = (login: string) => createHmac('sha256', secret).update(login).digest('base64url');
  return {
    async enter({ login, address }) {
      await consume(addresses, networkOf(address));
      await consume(accounts, accountKey(login));
    },
    async succeeded({ login, address }) {
      await accounts.delete(accountKey(login));
      await addresses.reward(networkOf(address));
    },
  };
}

/**
 * What one customer of a network is given: an IPv4 address, also when written as IPv6, or the first half of an IPv6
 * one (RFC 6177: a site gets a /64 or more), of which anybody has 2^64 to try from.
 */
function networkOf(address: string): string {
  const mapped = /^::ffff:([\d.]+)$/i.exec(address)?.[1] ?? address;
  if (isIPv4(mapped) || !mapped.includes(':')) return mapped;
  const [head = '', tail] = mapped.split('%')[0]?.toLowerCase().split('::') ?? [];
  const groups = (text: string) => text.split(':').filter((group) => group !== '');
  const missing = tail === undefined ? 0 : 8 - groups(head).length - groups(tail).length;
  const all = [...groups(head), ...Array<string>(Math.max(0, missing)).fill('0'), ...groups(tail ?? '')];
  return all
    .slice(0, 4)
    .map((group) => group.replace(/^0+(?=.)/, ''))
    .join(':');
}

async function consume(limiter: RateLimiterMemory, key: string): Promise<void> {
  try {
    await limiter.consume(key);
  } catch (error) {
    if (!(error instanceof RateLimiterRes)) throw error;
    const retryAfterSeconds = Math.max(1, Math.ceil(error.msBeforeNext / 1000));
    throw new DomainError(
      'tooMany',
      'too_many_sign_ins',
      `Too many tries: wait ${retryAfterSeconds} seconds`,
      {
        params: { retryAfterSeconds },
      },
    );
  }
}
