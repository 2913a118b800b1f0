import { type FieldKind, isForbiddenName } from '../fields.ts';
import { nameOf, type Reporter } from './calls.ts';
import type { FieldScope, Resolved } from './field-scope.ts';

/** The place in the template where a path stands. */
interface Around extends Reporter {
  readonly scope: FieldScope | undefined;
  readonly present: readonly string[];
}

/** How to print what cannot be printed as it is. */
const HOW: Readonly<Partial<Record<FieldKind, (name: string) => string>>> = {
  money: (name) => `{{money ${name}}}`,
  instant: (name) => `{{date ${name}}} / {{time ${name}}}`,
  list: (name) => `{{#each ${name}}}`,
};

/** Checks that a path names a field. Returns what it names. */
export function checkPath(around: Around, path: hbs.AST.PathExpression): Resolved {
  const name = path.original.slice(0, 80);
  const forbidden = path.parts.find(isForbiddenName);
  if (forbidden) {
    around.report({ code: 'forbidden_name', params: { name: forbidden } }, path);
    return undefined;
  }
  if (!around.scope) return undefined;
  const resolved = around.scope.resolve(path);
  if (!resolved) around.report({ code: 'unknown_field', params: { name } }, path);
  return resolved;
}

/** Checks a tag that prints a field as it is. */
export function checkPrinted(around: Around, expression: hbs.AST.Expression): void {
  const name = nameOf(expression).slice(0, 80);
  if (expression.type !== 'PathExpression') {
    around.report({ code: 'unknown_field', params: { name } }, expression);
    return;
  }
  const resolved = checkPath(around, expression as hbs.AST.PathExpression);
  if (!resolved || resolved === 'loop') return;
  const how = HOW[resolved.kind]?.(name);
  if (how) around.report({ code: 'not_printable', params: { name, how } }, expression);
  else if (!resolved.always && !around.present.includes(nameOf(expression))) {
    around.report({ code: 'no_fallback', severity: 'warning', params: { name } }, expression);
  }
}
