import { randomBytes } from 'node:crypto';

/** Chance as an argument. */
export interface Random {
  /** Uniform in [0, 1). */
  next(): number;
}

/** The system's cryptographic source, for ids and tokens. */
export const systemRandom: Random = {
  next: () => randomBytes(6).readUIntBE(0, 6) / 2 ** 48,
};

/** A token of `bytes` random bytes from the system's source, in base64url. For secrets only. */
export function randomToken(bytes = 32): string {
  return randomBytes(bytes).toString('base64url');
}

/**
 * A seeded generator (sfc32, by Chris Doty-Humphrey, public domain algorithm): the same seed gives the same
 * sequence on every machine. Not for secrets.
 */
export function seededRandom(seed: number | string): Random {
  let [a, b, c, counter] = hashSeed(String(seed));
  const next = (): number => {
    const sum = (a + b + counter) | 0;
    counter = (counter + 1) | 0;
    a = b ^ (b >>> 9);
    b = (c + (c << 3)) | 0;
    c = ((c << 21) | (c >>> 11)) + sum;
    c |= 0;
    return (sum >>> 0) / 4294967296;
  };
  for (let warmUp = 0; warmUp < 15; warmUp++) next();
  return { next };
}

/** A generator of its own for a named part, so that one part's draws do not shift another's. */
export function forkRandom(seed: number | string, name: string): Random {
  return seededRandom(`${seed}/${name}`);
}

/** Four 32-bit words from a text, by FNV-1a with four offsets. */
function hashSeed(text: string): [number, number, number, number] {
  const words: [number, number, number, number] = [0x811c9dc5, 0x01000193, 0x9e3779b9, 1];
  for (let word = 0; word < 3; word++) {
    let hash = words[word] ?? 0;
    for (let i = 0; i < text.length; i++) hash = Math.imul(hash ^ text.charCodeAt(i), 0x01000193);
    words[word] = hash | 0;
  }
  return words;
}
