import type { Clock } from '../clock/index.ts';
import type { Random } from '../random/index.ts';

/** 20 characters, lower-case Crockford base 32: 9 of time (to the year 3085), 11 of chance. Sorts by time. */
export type Id = string;

export interface Ids {
  next(): Id;
}

const ALPHABET = '0123456789abcdefghjkmnpqrstvwxyz';
const ID_PATTERN = /^[0-9a-hjkmnp-tv-z]{20}$/;

/**
 * Ids that sort by the time they were made. Within one generator they strictly increase, also within a
 * millisecond and when the clock steps back; two generators are kept apart by 55 bits of chance.
 */
export function createIds(clock: Clock, random: Random): Ids {
  let lastAt = 0;
  let prefix = '';
  let high = 0;
  let low = 0;
  return {
    next() {
      const now = clock.now();
      if (now > lastAt) {
        lastAt = now;
        prefix = encode(now, 9);
        // 25 + 30 bits; the top bit of the high part stays free for counting up
        high = Math.floor(random.next() * 2 ** 24);
        low = Math.floor(random.next() * 2 ** 30);
      } else {
        low += 1 + Math.floor(random.next() * 1024);
        if (low >= 2 ** 30) {
          low -= 2 ** 30;
          high += 1;
        }
      }
      return prefix + encode(high, 5) + encode(low, 6);
    },
  };
}

export function isId(value: unknown): value is Id {
  return typeof value === 'string' && ID_PATTERN.test(value);
}

function encode(value: number, length: number): string {
  let rest = value;
  let text = '';
  for (let i = 0; i < length; i++) {
    text = ALPHABET[rest % 32] + text;
    rest = Math.floor(rest / 32);
  }
  return text;
}
