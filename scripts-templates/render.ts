import { type CompiledScript, compileScript, createEnvironment } from './compile.ts';
import {
  buildContext,
  readPath,
  type SafeContext,
  type ScriptContext,
  scalarText,
  spokenText,
} from './context.ts';
import type {
  BranchCondition,
  Locale,
  ScriptBranch,
  ScriptStep,
  ScriptVersion,
  StepKind,
} from './document.ts';
import type { RenderScope } from './helpers/helper.ts';
import { sameText } from './helpers/values.ts';
import { RENDER_LIMITS as R } from './limits.ts';
import { createLru } from './lru.ts';
import { createFormats, type Formats, isInstant, type Moment } from './moment.ts';
import { type Paragraph, toParagraphs } from './paragraphs.ts';
import { cut } from './text.ts';

export interface RenderedStep {
  id: string;
  title: string;
  kind: StepKind;
  paragraphs: Paragraph[];
  /** The agent has to tick that it was said. */
  required: boolean;
  branches: { label: string; goTo: string }[];
  /** Paths of the fields that had no value here, so that the desk can point them out. Holds no personal data. */
  missing: string[];
}

export interface RenderedScript {
  locale: Locale;
  start: string;
  steps: RenderedStep[];
  /** Something was cut off because it grew past the limits. */
  truncated: boolean;
}

export interface ScriptRenderer {
  /**
   * The script as this customer, agent and moment make it. Missing or malformed values get readable words instead;
   * nothing in `context` or `moment` makes it throw.
   * @throws DomainError `invalid`/`script_invalid` if the document itself is unsafe (see the linter).
   */
  render(version: ScriptVersion, context: ScriptContext, moment: Moment): RenderedScript;
  /** How many compiled scripts are kept. */
  readonly cached: number;
}

/** Makes a renderer with its own helpers and its own cache of at most `maxCached` compiled scripts (default 200). */
export function createScriptRenderer({ maxCached = 200 }: { maxCached?: number } = {}): ScriptRenderer {
  const environment = createEnvironment();
  const scripts = createLru<CompiledScript>(Math.max(1, maxCached));
  const formats = createFormats();
  return {
    get cached() {
      return scripts.size;
    },
    render(version, context, moment) {
      const compile = () => compileScript(environment, version.document);
      return renderScript(scripts.getOrMake(version.contentHash, compile), { context, moment, formats });
    },
  };
}

interface Rendering {
  context: ScriptContext;
  moment: Moment;
  formats: Formats;
}

function renderScript(
  { document, steps }: CompiledScript,
  { context, moment, formats }: Rendering,
): RenderedScript {
  const now = isInstant(moment.now) ? moment.now : undefined;
  const root = buildContext(context, now);
  const scope: RenderScope = {
    locale: document.locale,
    formats,
    root,
    now,
    timeZone: formats.zone(moment.timeZone),
    holidayGreeting: spokenText(moment.holidayGreeting),
    loopBudget: R.stepLength,
    missing: new Set(),
  };
  const script: RenderedScript = {
    locale: document.locale,
    start: document.start,
    steps: [],
    truncated: false,
  };
  let left: number = R.scriptLength;
  for (const { step, text } of steps) {
    Object.assign(scope, { missing: new Set(), loopBudget: R.stepLength });
    const whole = text(root, scope);
    const kept = cut(whole, Math.min(R.stepLength, left));
    left -= kept.length;
    script.truncated ||= kept.length < whole.length;
    script.steps.push(renderedStep(step, kept, scope));
  }
  return script;
}

function renderedStep(step: ScriptStep, text: string, { root, missing }: RenderScope): RenderedStep {
  return {
    id: step.id,
    title: step.title,
    kind: step.kind,
    paragraphs: toParagraphs(text),
    required: step.required ?? false,
    branches: openBranches(step.branches, root),
    missing: [...missing],
  };
}

/** The branches whose condition holds; all of them rather than none, for the agent must be able to go on. */
function openBranches(
  branches: readonly ScriptBranch[],
  root: SafeContext,
): { label: string; goTo: string }[] {
  const open = branches.filter(({ when }) => when === undefined || holds(when, root));
  return (open.length > 0 ? open : branches).map(({ label, goTo }) => ({ label, goTo }));
}

function holds(when: BranchCondition, root: SafeContext): boolean {
  const value = readPath(root, when.field.split('.'));
  if ('equals' in when) return sameText(value, when.equals);
  const present = Array.isArray(value) ? value.length > 0 : scalarText(value) !== undefined;
  return present === when.exists;
}
