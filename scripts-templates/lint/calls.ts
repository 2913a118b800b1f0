import type { HelperShape } from '../helpers/helper.ts';
import type { Found } from './issue.ts';

interface Call extends hbs.AST.Node {
  path: hbs.AST.Expression;
  params: hbs.AST.Expression[];
  hash?: hbs.AST.Hash | undefined;
}

/** Who is told what a check found. */
export interface Reporter {
  report(found: Found, node: hbs.AST.Node): void;
}

/** How the author wrote a path or a literal. */
export function nameOf(expression: hbs.AST.Expression): string {
  return 'original' in expression ? String(expression.original) : expression.type;
}

/** Checks that the helper exists among `known` and that its parameters and options are ones it takes. */
export function checkCall(reporter: Reporter, call: Call, known: ReadonlyMap<string, HelperShape>): void {
  const name = nameOf(call.path);
  const shape = isPlainName(call.path) ? known.get(name) : undefined;
  if (!shape) {
    reporter.report({ code: 'unknown_helper', params: { name: name.slice(0, 80) } }, call);
    return;
  }
  const count = call.params.length;
  if (count < shape.min || count > shape.max) {
    const expected = shape.min === shape.max ? shape.min : `${shape.min}–${shape.max}`;
    reporter.report({ code: 'helper_arguments', params: { name, expected, count } }, call);
  }
  for (const { key } of call.hash?.pairs ?? []) {
    if (!shape.hash?.includes(key))
      reporter.report({ code: 'helper_option', params: { name, option: key } }, call);
  }
}

/** `name`, not `a.name`, `../name`, `this.name` or a literal: only such a one can be a helper. */
function isPlainName(expression: hbs.AST.Expression): boolean {
  if (expression.type !== 'PathExpression') return false;
  const path = expression as hbs.AST.PathExpression;
  return path.parts.length === 1 && path.parts[0] === path.original && path.depth === 0 && !path.data;
}
