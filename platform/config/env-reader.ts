import type { Issue } from '../errors/index.ts';

export type Env = Readonly<Record<string, string | undefined>>;

/**
 * Reads settings from an environment and collects every mistake instead of stopping at the first.
 * A value is never echoed into an issue: a setting may be a secret, or hold one in its URL.
 */
export class EnvReader {
  readonly issues: Issue[] = [];
  readonly #env: Env;

  constructor(env: Env) {
    this.#env = env;
  }

  /** Notes a mistake of a setting; `code` is stable, `message` says what to do. */
  mistake(name: string, code: string, message: string, params: Record<string, unknown> = {}): void {
    this.issues.push({ path: `/${name}`, code, message: `${name}: ${message}`, params });
  }

  /** The trimmed text of a setting; undefined when unset or empty. */
  text(name: string): string | undefined {
    const value = this.#env[name]?.trim();
    return value === '' ? undefined : value;
  }

  /** A whole number between `min` and `max`, both included. */
  integer(name: string, fallback: number, { min, max }: { min: number; max: number }): number {
    const text = this.text(name);
    if (text === undefined) return fallback;
    const value = /^\d{1,15}$/.test(text) ? Number(text) : Number.NaN;
    if (value >= min && value <= max) return value;
    this.mistake(name, 'bad_integer', `give a whole number from ${min} to ${max}`, { min, max });
    return fallback;
  }

  oneOf<T extends string>(name: string, choices: readonly T[], fallback: T): T {
    const text = this.text(name);
    if (text === undefined) return fallback;
    const found = choices.find((choice) => choice === text);
    if (found !== undefined) return found;
    this.mistake(name, 'unknown_value', `give one of ${choices.join(', ')}`, { choices });
    return fallback;
  }

  /** A comma-separated set; order and doubles do not matter, every member must be known. */
  setOf<T extends string>(name: string, choices: readonly T[]): T[] {
    const text = this.text(name);
    if (text === undefined) return [...choices];
    const given = text.split(',').map((part) => part.trim());
    const known = choices.filter((choice) => given.includes(choice));
    if (known.length === 0 || given.some((part) => !choices.some((choice) => choice === part))) {
      this.mistake(name, 'unknown_value', `give any of ${choices.join(', ')}, separated by commas`, {
        choices,
      });
    }
    return known;
  }

  /** A URL with one of the protocols (`postgres:`); the text is never shown again. */
  url(name: string, protocols: readonly string[]): URL | undefined {
    const text = this.text(name);
    if (text === undefined) return undefined;
    const url = URL.canParse(text) ? new URL(text) : undefined;
    if (url?.hostname && protocols.includes(url.protocol)) return url;
    const shapes = protocols.map((protocol) => `${protocol}//…`).join(' or ');
    this.mistake(name, 'bad_url', `give a URL of the shape ${shapes} with a host`, { protocols });
    return undefined;
  }

  /** Settings whose name starts with `prefix` and is not known. */
  refuseUnknown(prefix: string): void {
    for (const name of Object.keys(this.#env)) {
      if (name.startsWith(prefix)) {
        this.mistake(name, 'unknown_setting', 'no such setting; .env.example lists them all');
      }
    }
  }
}
