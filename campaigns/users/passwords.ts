import { hash, verify } from '@node-rs/argon2';

/**
 * Argon2id with 19 MiB, 2 passes, 1 lane: the first setting of OWASP's Password Storage Cheat Sheet (2025).
 * About 60 ms on one core.
 */
const SETTING = { memoryCost: 19_456, timeCost: 2, parallelism: 1 };

/** A hash of no password: checked when a login is unknown, so that time does not tell that it is. */
const NOBODY =
  '$argon2id$v=19$m=19456,t=2,p=1$MDEyMzQ1Njc4OWFiY2RlZg$AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA';

export function hashPassword(password: string): Promise<string> {
  return hash(password, SETTING);
}

export async function passwordMatches(passwordHash: string | undefined, password: string): Promise<boolean> {
  const matches = await verify(passwordHash ?? NOBODY, password);
  return passwordHash !== undefined && matches;
}
