import Handlebars from 'handlebars';
import { scalarText } from './context.ts';
import { missingText } from './fallbacks.ts';
import { BLOCKS, INLINE } from './helpers/catalogue.ts';
import type { RenderScope } from './helpers/helper.ts';
import { nameOf } from './lint/calls.ts';

/** What Handlebars passes last to every helper. */
interface Options {
  hash: Record<string, unknown>;
  data: Record<string, unknown> & { scope: RenderScope };
  fn(self: unknown, options?: { data: unknown }): string;
  inverse(self: unknown): string;
}

/** Registers our helpers, and `show`, which stands behind every output of {@link markOutputs}. */
export function installHelpers(environment: typeof Handlebars): void {
  for (const [name, helper] of INLINE) {
    environment.registerHelper(name, (...all: unknown[]) => {
      const { args, options } = split(all);
      return helper.run({ args, hash: options.hash, scope: options.data.scope });
    });
  }
  for (const [name, block] of BLOCKS) {
    environment.registerHelper(name, function (this: unknown, ...all: unknown[]) {
      const { args, options } = split(all);
      const frame = (extra: object) => ({ data: { ...environment.createFrame(options.data), ...extra } });
      return block.run({
        args,
        hash: options.hash,
        scope: options.data.scope,
        self: this,
        main: (self, extra = {}) => options.fn(self, frame(extra)),
        otherwise: (self) => options.inverse(self),
      });
    });
  }
  environment.registerHelper('show', (...all: unknown[]) => {
    const { args, options } = split(all);
    return show(args[0], String(args[1]), options.data.scope);
  });
}

/**
 * Turns every output `{{x}}` of a tree into `{{show x "x"}}`, which knows what to say when `x` is missing. Changes
 * the tree it is given and returns it.
 */
export function markOutputs(tree: hbs.AST.Program): hbs.AST.Program {
  new OutputMarker().accept(tree);
  return tree;
}

class OutputMarker extends Handlebars.Visitor {
  private readonly lists: string[] = [];

  override BlockStatement(block: hbs.AST.BlockStatement): void {
    const isLoop = nameOf(block.path) === 'each' && block.params[0] !== undefined;
    if (isLoop) this.lists.push(nameOf(block.params[0] as hbs.AST.Expression));
    this.accept(block.program);
    if (isLoop) this.lists.pop();
    this.accept(block.inverse);
  }

  override MustacheStatement(mustache: hbs.AST.MustacheStatement): void {
    const { path, params, hash, loc } = mustache;
    const isHelper = INLINE.has(nameOf(path));
    const about = isHelper ? params.find((param) => param.type === 'PathExpression') : path;
    const label = fullPath(about ?? path, this.lists.at(-1)).replace(/^agentNumber$/, 'agent.number');
    const shown = isHelper ? { type: 'SubExpression', path, params, hash, loc } : path;
    const text = { type: 'StringLiteral', value: label, original: label, loc };
    Object.assign(mustache, { path: plainPath('show', loc), params: [shown, text], hash: undefined });
  }
}

/** The field's path from the root, so that a list's item `name` is known as `customer.products.name`. */
function fullPath(expression: hbs.AST.Expression, list: string | undefined): string {
  if (expression.type !== 'PathExpression') return nameOf(expression);
  const { parts, depth, data } = expression as hbs.AST.PathExpression;
  const own = parts[0] === 'root' && data ? parts.slice(1) : parts;
  return (list !== undefined && depth === 0 && !data ? [list, ...own] : own).join('.');
}

function plainPath(name: string, loc: hbs.AST.SourceLocation): hbs.AST.PathExpression {
  return { type: 'PathExpression', data: false, depth: 0, parts: [name], original: name, loc };
}

function show(value: unknown, label: string, scope: RenderScope): string {
  // An empty text is a helper's answer ("print nothing"); contexts hold none.
  const text = value === '' ? '' : scalarText(value);
  if (text !== undefined) return text;
  scope.missing.add(label);
  return missingText(label, scope.locale);
}

function split(all: readonly unknown[]): { args: unknown[]; options: Options } {
  return { args: all.slice(0, -1), options: all.at(-1) as Options };
}
