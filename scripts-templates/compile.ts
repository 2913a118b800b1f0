import Handlebars from 'handlebars';
import { DomainError } from '../platform/errors/index.ts';
import type { SafeContext } from './context.ts';
import type { ScriptDocument, ScriptStep } from './document.ts';
import { installHelpers, markOutputs } from './environment.ts';
import { BLOCKS, INLINE } from './helpers/catalogue.ts';
import type { RenderScope } from './helpers/helper.ts';
import { IssueList } from './lint/issue.ts';
import { readDocument } from './lint/shape.ts';
import { checkTemplate } from './lint/template.ts';

/** A script whose templates have been compiled: give each a context and a scope. */
export interface CompiledScript {
  readonly document: ScriptDocument;
  readonly steps: readonly CompiledStep[];
}

export interface CompiledStep {
  readonly step: ScriptStep;
  /** The step's text, as the template lays it out. */
  readonly text: (context: SafeContext, scope: RenderScope) => string;
}

/** Handlebars' own environment, closed: only our helpers and `if` and `unless`. */
export type ScriptEnvironment = typeof Handlebars;

/** A new environment; one a renderer, so that no two share helpers. */
export function createEnvironment(): ScriptEnvironment {
  const environment = Handlebars.create();
  for (const name of ['log', 'lookup', 'with']) environment.unregisterHelper(name);
  installHelpers(environment);
  return environment;
}

/**
 * Compiles every step. What would be unsafe to run is refused even if nobody linted it; whether fields exist and
 * where branches lead does not matter here.
 * @throws DomainError `invalid`/`script_invalid` with the issues found.
 */
export function compileScript(environment: ScriptEnvironment, document: unknown): CompiledScript {
  const issues = new IssueList();
  const script = readDocument(document, issues);
  const trees = script?.steps.map((step, index) =>
    checkTemplate(step.body, issues, { place: { path: `/steps/${index}/body`, stepId: step.id } }),
  );
  if (!script || !trees || issues.found.length > 0) {
    throw new DomainError(
      'invalid',
      'script_invalid',
      'The script cannot be used: correct the issues listed.',
      {
        issues: issues.found.map(({ path, code, message, params }) => ({ path, code, message, params })),
      },
    );
  }
  const steps = script.steps.map((step, index) => compileStep(environment, step, trees[index]));
  return { document: script, steps };
}

function compileStep(
  environment: ScriptEnvironment,
  step: ScriptStep,
  tree: hbs.AST.Program | undefined,
): CompiledStep {
  if (!tree) throw new Error('A step that passed its check has a tree.');
  // The tree is compiled, not the text, so that every output says what to print when it is missing.
  const template = environment.compile<SafeContext>(markOutputs(tree), COMPILE_OPTIONS);
  return {
    step,
    text: (context, scope) => template(context, { data: { scope }, ...NO_PROTOTYPES }),
  };
}

const COMPILE_OPTIONS: CompileOptions = {
  // The result is text for a JSON tree, not HTML: escaping would show an agent &amp; and &#x27;.
  noEscape: true,
  knownHelpersOnly: true,
  knownHelpers: {
    ...Object.fromEntries([...INLINE.keys(), ...BLOCKS.keys(), 'show'].map((name) => [name, true])),
    helperMissing: false,
    blockHelperMissing: false,
    each: true,
    if: true,
    unless: true,
    with: false,
    log: false,
    lookup: false,
  },
};

/** Said outright, since leaving it to the default makes Handlebars write to the console. */
const NO_PROTOTYPES = { allowProtoPropertiesByDefault: false, allowProtoMethodsByDefault: false } as const;
