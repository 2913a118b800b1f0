/** A map that keeps the `max` entries used last. */
export interface Lru<Value> {
  /** The kept value for `key`, or the one `make` returns, which is then kept. What `make` throws is not kept. */
  getOrMake(key: string, make: () => Value): Value;
  readonly size: number;
}

/** Makes an empty one; `max` at least 1. */
export function createLru<Value>(max: number): Lru<Value> {
  // A Map iterates in the order of insertion, so its first key is the one unused for longest.
  const kept = new Map<string, { value: Value }>();
  return {
    get size() {
      return kept.size;
    },
    getOrMake(key, make) {
      const entry = kept.get(key) ?? { value: make() };
      kept.delete(key);
      kept.set(key, entry);
      for (const oldest of kept.keys()) {
        if (kept.size <= max) break;
        kept.delete(oldest);
      }
      return entry.value;
    },
  };
}
