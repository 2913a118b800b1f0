import type { z } from 'zod';
import { type ScriptDocument, scriptDocumentSchema, utf8Length } from '../document.ts';
import { SCRIPT_LIMITS as L } from '../limits.ts';
import type { IssueList } from './issue.ts';

/** Reads an untrusted value as a script. What is wrong goes into `issues`; `undefined` if anything is. */
export function readDocument(value: unknown, issues: IssueList): ScriptDocument | undefined {
  const size = tooManySteps(value);
  if (size !== undefined) {
    issues.add({ code: 'too_many_steps', params: { count: size, max: L.steps } }, { path: '/steps' });
    return undefined;
  }
  const parsed = scriptDocumentSchema.safeParse(value);
  if (!parsed.success) {
    for (const issue of parsed.error.issues) addZodIssue(issue, issues);
    return undefined;
  }
  if (totalBytes(parsed.data) > L.scriptBytes) {
    issues.add({ code: 'script_too_large', params: { max: L.scriptBytes } }, { path: '/steps' });
    return undefined;
  }
  if (totalTags(parsed.data) > L.scriptTags) {
    issues.add({ code: 'script_too_many_tags', params: { max: L.scriptTags } }, { path: '/steps' });
    return undefined;
  }
  return parsed.data;
}

/** Asked before zod, which would first look at every one of a million steps. */
function tooManySteps(value: unknown): number | undefined {
  const steps: unknown =
    value !== null && typeof value === 'object' && 'steps' in value ? value.steps : undefined;
  return Array.isArray(steps) && steps.length > L.steps ? steps.length : undefined;
}

function addZodIssue(issue: z.core.$ZodIssue, issues: IssueList): void {
  const path = issue.path.map((part) => `/${String(part).replace(/~/g, '~0').replace(/\//g, '~1')}`).join('');
  if (issue.code === 'custom' && issue.params?.code === 'body_too_large') {
    issues.add({ code: 'body_too_large', params: { max: L.bodyBytes } }, { path });
  } else {
    issues.add({ code: 'document_invalid', params: { detail: issue.message.slice(0, 200) } }, { path });
  }
}

/** Opening braces, escaped ones and comments included: an upper bound is enough. */
function totalTags(document: ScriptDocument): number {
  return document.steps.reduce((sum, { body }) => sum + body.split('{{').length - 1, 0);
}

function totalBytes(document: ScriptDocument): number {
  return document.steps.reduce((sum, step) => sum + utf8Length(step.body) + utf8Length(step.title), 0);
}
