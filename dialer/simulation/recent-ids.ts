/**
 * Remembers the last ids it was given, at least `atLeast` and at most twice as many: what makes an order idempotent
 * without memory that grows for months. (An order so old that it is forgotten is refused by its ticket.)
 */
export class RecentIds {
  readonly #atLeast: number;
  #young = new Set<string>();
  #old = new Set<string>();

  constructor(atLeast: number) {
    this.#atLeast = atLeast;
  }

  /** True if the id is new; it is known from then on. */
  add(id: string): boolean {
    if (this.#young.has(id) || this.#old.has(id)) return false;
    if (this.#young.size >= this.#atLeast) {
      this.#old = this.#young;
      this.#young = new Set();
    }
    this.#young.add(id);
    return true;
  }
}
