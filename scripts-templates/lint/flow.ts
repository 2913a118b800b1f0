import type { ScriptDocument, ScriptStep } from '../document.ts';
import type { IssueList, Place } from './issue.ts';

/** Checks the steps as a graph: every branch leads somewhere, every step is reached, and every way comes to an end. */
export function checkFlow(document: ScriptDocument, issues: IssueList): void {
  const byId = new Map(document.steps.map((step) => [step.id, step]));
  checkIds(document, byId, issues);
  const reached = reachedFrom(
    [document.start],
    (id) => byId.get(id)?.branches.map((branch) => branch.goTo) ?? [],
  );
  const entries = new Map(document.steps.map((step) => [step.id, entriesOf(step.id, document)]));
  const ends = document.steps.filter((step) => step.branches.length === 0).map((step) => step.id);
  const endable = reachedFrom(ends, (id) => entries.get(id) ?? []);
  for (const [index, step] of document.steps.entries()) {
    const place = { path: `/steps/${index}`, stepId: step.id };
    checkBranches(step, byId, { issues, place });
    if (!reached.has(step.id)) issues.add({ code: 'unreachable_step', severity: 'warning' }, place);
    const leadsOn = step.branches.some((branch) => byId.has(branch.goTo));
    if (leadsOn && !endable.has(step.id)) issues.add({ code: 'loop_without_exit' }, place);
  }
}

function checkIds(document: ScriptDocument, byId: ReadonlyMap<string, ScriptStep>, issues: IssueList): void {
  const start = byId.get(document.start);
  if (!start) issues.add({ code: 'start_missing', params: { step: document.start } }, { path: '/start' });
  else if (start.kind !== 'opening') {
    issues.add({ code: 'start_not_opening', severity: 'warning' }, { path: '/start', stepId: start.id });
  }
  const seen = new Set<string>();
  for (const [index, { id }] of document.steps.entries()) {
    const place = { path: `/steps/${index}/id`, stepId: id };
    if (seen.has(id)) issues.add({ code: 'duplicate_step', params: { step: id } }, place);
    seen.add(id);
  }
}

function checkBranches(
  step: ScriptStep,
  byId: ReadonlyMap<string, ScriptStep>,
  { issues, place }: { issues: IssueList; place: Place },
): void {
  if (step.branches.length === 0) {
    if (step.kind !== 'thank') issues.add({ code: 'dead_end' }, place);
    return;
  }
  for (const [index, { goTo, label }] of step.branches.entries()) {
    const params = { label, step: goTo };
    const at = { ...place, path: `${place.path}/branches/${index}/goTo` };
    if (!byId.has(goTo)) issues.add({ code: 'branch_to_nowhere', params }, at);
  }
  const allConditional = step.branches.every((branch) => branch.when !== undefined);
  if (allConditional) issues.add({ code: 'conditional_branches', severity: 'warning' }, place);
}

function entriesOf(id: string, document: ScriptDocument): string[] {
  return document.steps
    .filter((step) => step.branches.some((branch) => branch.goTo === id))
    .map((step) => step.id);
}

function reachedFrom(
  starts: readonly string[],
  next: (id: string) => readonly string[],
): ReadonlySet<string> {
  const reached = new Set(starts);
  // A set visits what is added while it is walked.
  for (const id of reached) for (const further of next(id)) reached.add(further);
  return reached;
}
