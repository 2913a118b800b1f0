import type { KnownField } from '../fields.ts';
import { checkConditions } from './conditions.ts';
import { checkFlow } from './flow.ts';
import { IssueList, type ScriptIssue } from './issue.ts';
import { readDocument } from './shape.ts';
import { checkTemplate } from './template.ts';
import { checkWords } from './words.ts';

export interface LintOptions {
  /** The fields an author may use: the standard ones and the list's own columns. */
  fields: readonly KnownField[];
  /** Words not to say to customers, in any case; each is reported once a step. */
  avoidWords?: readonly string[];
}

/**
 * Everything wrong with a script, in the order of its steps for each check; empty if nothing is. Takes any value,
 * never throws, and takes time bounded by the limits whatever the value: what is too big or too deep is refused
 * unread. A script with an issue of severity `error` must not be published.
 */
export function lintScript(document: unknown, options: LintOptions): ScriptIssue[] {
  const issues = new IssueList();
  const script = readDocument(document, issues);
  if (!script) return issues.found;
  for (const [index, step] of script.steps.entries()) {
    const place = { path: `/steps/${index}/body`, stepId: step.id };
    checkTemplate(step.body, issues, { place, fields: options.fields });
  }
  checkFlow(script, issues);
  checkConditions(script, options.fields, issues);
  checkWords(script, options.avoidWords ?? [], issues);
  return issues.found;
}
