export type { Money, ProductFields, ScriptContext } from './context.ts';
export {
  type BranchCondition,
  LOCALES,
  type Locale,
  type ScriptBranch,
  type ScriptDocument,
  type ScriptStep,
  type ScriptVersion,
  STEP_KINDS,
  type StepKind,
  scriptContentHash,
  scriptDocumentSchema,
} from './document.ts';
export { type FieldKind, type KnownField, STANDARD_FIELDS, varFields } from './fields.ts';
export { HELPERS, type HelperInfo } from './helpers/catalogue.ts';
export { RENDER_LIMITS, SCRIPT_LIMITS } from './limits.ts';
export type { ScriptIssue, Severity } from './lint/issue.ts';
export { type LintOptions, lintScript } from './lint/lint-script.ts';
export { maskNumber } from './mask.ts';
export { ISSUE_TEXTS, type IssueParams, issueText, type ScriptIssueCode } from './messages.ts';
export type { Moment } from './moment.ts';
export type { Paragraph } from './paragraphs.ts';
export {
  createScriptRenderer,
  type RenderedScript,
  type RenderedStep,
  type ScriptRenderer,
} from './render.ts';
export { SAMPLE_SCRIPTS, type SampleScript } from './samples/index.ts';
export { createScriptVersion } from './version.ts';
