import type { ScriptDocument } from '../document.ts';
import { isForbiddenName, type KnownField } from '../fields.ts';
import { FieldScope } from './field-scope.ts';
import type { IssueList } from './issue.ts';

/** Checks that the fields which branches ask for exist. */
export function checkConditions(
  document: ScriptDocument,
  fields: readonly KnownField[],
  issues: IssueList,
): void {
  const scope = new FieldScope(fields);
  for (const [index, step] of document.steps.entries()) {
    for (const [at, { when }] of step.branches.entries()) {
      if (!when) continue;
      const place = { path: `/steps/${index}/branches/${at}/when/field`, stepId: step.id };
      const parts = when.field.split('.');
      const forbidden = parts.find(isForbiddenName);
      if (forbidden) issues.add({ code: 'forbidden_name', params: { name: forbidden } }, place);
      else if (!scope.has(parts)) issues.add({ code: 'unknown_field', params: { name: when.field } }, place);
    }
  }
}
