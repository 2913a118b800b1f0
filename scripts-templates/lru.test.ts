import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { createLru } from './lru.ts';

describe('lru', () => {
  it('forgets the entry unused for longest, and makes it anew when asked again', () => {
    const lru = createLru<string>(2);
    const made: string[] = [];
    const get = (key: string) =>
      lru.getOrMake(key, () => {
        made.push(key);
        return key.toUpperCase();
      });
    for (const key of ['a', 'b', 'a', 'c', 'a', 'b']) assert.equal(get(key), key.toUpperCase());
    assert.deepEqual(made, ['a', 'b', 'c', 'b']);
    assert.equal(lru.size, 2);
  });

  it('keeps an undefined value like any other', () => {
    const lru = createLru<undefined>(2);
    let made = 0;
    for (let time = 0; time < 2; time++) {
      lru.getOrMake('a', () => {
        made++;
        return undefined;
      });
    }
    assert.equal(made, 1);
  });

  it('keeps nothing when making fails', () => {
    const lru = createLru<string>(2);
    const fail = () => {
      throw new Error('refused');
    };
    assert.throws(() => lru.getOrMake('a', fail), /refused/);
    assert.equal(lru.size, 0);
  });
});
