import { DomainError } from '../platform/errors/index.ts';
import { type ScriptVersion, scriptContentHash } from './document.ts';
import { IssueList } from './lint/issue.ts';
import { readDocument } from './lint/shape.ts';

/**
 * Reads an untrusted value as a script and gives it the hash of its content. Checks shape and sizes only.
 * @throws DomainError `invalid`/`script_invalid` with the issues found.
 */
export function createScriptVersion(value: unknown): ScriptVersion {
  const issues = new IssueList();
  const document = readDocument(value, issues);
  if (document) return { contentHash: scriptContentHash(document), document };
  throw new DomainError('invalid', 'script_invalid', 'The script does not have the right form.', {
    issues: issues.found.map(({ path, code, message, params }) => ({ path, code, message, params })),
  });
}
