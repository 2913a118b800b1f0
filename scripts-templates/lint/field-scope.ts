import type { KnownField } from '../fields.ts';

type Path = hbs.AST.PathExpression;

/** What a path in a template stands for. */
export type Resolved = KnownField | 'loop' | undefined;

/** The fields an author may use, and where in the template we are: outside or inside a list. */
export class FieldScope {
  private readonly byPath: ReadonlyMap<string, KnownField>;
  /** The list being walked; `undefined` inside a loop over something unknown. */
  private readonly lists: (KnownField | undefined)[] = [];

  constructor(fields: readonly KnownField[]) {
    this.byPath = new Map(fields.map((field) => [field.path, field]));
  }

  get insideList(): boolean {
    return this.lists.length > 0;
  }

  enterList(list: KnownField | undefined): void {
    this.lists.push(list);
  }

  leaveList(): void {
    this.lists.pop();
  }

  /** The field at `path`; `loop` for what a loop itself provides (`@index`, an item of an unknown list). */
  resolve(path: Path): Resolved {
    if (path.data) return this.resolveData(path.parts);
    const level = this.lists.length - path.depth;
    if (level < 0) return undefined;
    return level === 0 ? this.root(path.parts) : this.item(this.lists[level - 1], path.parts);
  }

  /** Whether there is a field at `parts` outside any list. */
  has(parts: readonly string[]): boolean {
    return this.root(parts) !== undefined;
  }

  private resolveData([name, ...rest]: readonly string[]): Resolved {
    if (name === 'root') return this.root(rest);
    const known = rest.length === 0 && (name === 'index' || name === 'first' || name === 'last');
    return known && this.insideList ? 'loop' : undefined;
  }

  private root(parts: readonly string[]): Resolved {
    const field = this.byPath.get(parts.join('.'));
    const isVariable = parts.length === 2 && parts[0] === 'vars';
    if (field || !isVariable || !this.byPath.has('vars.*')) return field;
    return { path: parts.join('.'), kind: 'text' };
  }

  private item(list: KnownField | undefined, parts: readonly string[]): Resolved {
    // The loop over something unknown has its own issue; its items get none.
    if (list === undefined) return 'loop';
    if (parts.length === 0) return list.items ? undefined : 'loop';
    return list.items?.find((field) => field.path === parts.join('.'));
  }
}
