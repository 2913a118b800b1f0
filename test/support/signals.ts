/** A promise that a test waits on and the code under test fires, instead of sleeping. */
export interface Signal<T> {
  readonly fired: Promise<T>;
  readonly fire: (value: T) => void;
}

export function signal<T = void>(): Signal<T> {
  let fire: (value: T) => void = () => {};
  const fired = new Promise<T>((resolve) => {
    fire = resolve;
  });
  return { fired, fire };
}

/** A list that can be waited on until it has `count` items. */
export class Recorded<T> {
  readonly items: T[] = [];
  readonly #waiting: { count: number; fire: () => void }[] = [];

  add(item: T): void {
    this.items.push(item);
    for (const waiting of this.#waiting) if (this.items.length >= waiting.count) waiting.fire();
  }

  async reached(count: number): Promise<T[]> {
    if (this.items.length < count) {
      const { fired, fire } = signal();
      this.#waiting.push({ count, fire });
      await fired;
    }
    return this.items;
  }
}

/** Keeps the process alive until the answer is called: our timers do not, and a quiet SQLite neither. */
export function holdProcess(): () => void {
  const handle = setInterval(() => {}, 60_000);
  return () => clearInterval(handle);
}

/** Asks again, a turn of the event loop and a breath apart, until the answer is there; fails after a bound. */
export async function eventually<T>(ask: () => Promise<T | undefined>, limitMs = 10_000): Promise<T> {
  const deadline = performance.now() + limitMs;
  for (;;) {
    const answer = await ask();
    if (answer !== undefined) return answer;
    if (performance.now() > deadline) throw new Error(`No answer within ${limitMs} ms`);
    await new Promise((resolve) => setTimeout(resolve, 5));
  }
}
