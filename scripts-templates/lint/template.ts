import Handlebars from 'handlebars';
import { utf8Length } from '../document.ts';
import type { KnownField } from '../fields.ts';
import { SCRIPT_LIMITS as L } from '../limits.ts';
import type { IssueList, Place } from './issue.ts';
import { refuseBeforeParsing } from './nesting.ts';
import { TemplateVisitor } from './visitor.ts';

/**
 * Checks one template and returns its tree, or `undefined` when it could not be read or must not be. Without
 * `fields` any field is allowed: that is enough to render safely.
 */
export function checkTemplate(
  body: unknown,
  issues: IssueList,
  { place, fields }: { place: Place; fields?: readonly KnownField[] | undefined },
): hbs.AST.Program | undefined {
  // Handlebars also takes a ready-made tree, which would be compiled unchecked: only text goes in.
  if (typeof body !== 'string') {
    issues.add({ code: 'document_invalid', params: { detail: 'text expected' } }, place);
    return undefined;
  }
  const refusal =
    utf8Length(body) > L.bodyBytes
      ? ({ code: 'body_too_large', params: { max: L.bodyBytes } } as const)
      : refuseBeforeParsing(body);
  if (refusal) {
    issues.add(refusal, place);
    return undefined;
  }
  const tree = parse(body, issues, place);
  if (tree) new TemplateVisitor({ issues, place, fields }).accept(tree);
  return tree;
}

function parse(body: string, issues: IssueList, place: Place): hbs.AST.Program | undefined {
  try {
    return Handlebars.parse(body);
  } catch (error) {
    // Every refusal of the parser is the author's to correct; it says where in its words or its properties.
    const { message, lineNumber, column } = error as {
      message: string;
      lineNumber?: number;
      column?: number;
    };
    const line = lineNumber ?? (Number(/on line (\d+)/.exec(message)?.[1]) || undefined);
    const detail = message.trim().split('\n').at(-1)?.slice(0, 200) ?? '';
    issues.add(
      { code: 'syntax_error', params: { detail } },
      { ...place, line, column: column === undefined ? undefined : column + 1 },
    );
    return undefined;
  }
}
