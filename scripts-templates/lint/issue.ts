import { SCRIPT_LIMITS } from '../limits.ts';
import { type IssueParams, issueText, type ScriptIssueCode } from '../messages.ts';

export type Severity = 'error' | 'warning';

/** One thing wrong in a script. `path` is a JSON pointer into the document; lines and columns start at 1. */
export interface ScriptIssue {
  code: ScriptIssueCode;
  severity: Severity;
  path: string;
  stepId?: string;
  line?: number;
  column?: number;
  params: IssueParams;
  message: string;
}

export interface Place {
  path: string;
  stepId?: string;
  line?: number | undefined;
  column?: number | undefined;
}

export interface Found {
  code: ScriptIssueCode;
  severity?: Severity;
  params?: IssueParams;
}

/** Where checks put what they find; it takes so many and then no more, so that a hostile script costs little. */
export class IssueList {
  readonly found: ScriptIssue[] = [];

  add({ code, severity = 'error', params = {} }: Found, place: Place): void {
    if (this.found.length >= SCRIPT_LIMITS.issues) return;
    const { path, stepId, line, column } = place;
    this.found.push({
      code,
      severity,
      path,
      ...(stepId !== undefined && { stepId }),
      ...(line !== undefined && { line }),
      ...(column !== undefined && { column }),
      params,
      message: issueText(code, params, 'en'),
    });
  }
}
