import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { lintScript } from './lint-script.ts';

type Branch = string | { goTo: string; when: object };

/** A script from a list such as `a:opening → b`, its start the first. */
const script = (steps: Record<string, [kind: string, ...branches: Branch[]]>, start = 'a') => ({
  locale: 'en',
  start,
  steps: Object.entries(steps).map(([id, [kind, ...branches]]) => ({
    id: id.replace(/'/g, ''),
    title: id,
    kind,
    body: 'x',
    branches: branches.map((branch) => ({
      label: 'go',
      ...(typeof branch === 'string' ? { goTo: branch } : branch),
    })),
  })),
});

const lint = (value: unknown) =>
  lintScript(value, { fields: [{ path: 'customer.city', kind: 'text' }] }).map(
    ({ code, severity, path }) => `${severity} ${code} ${path}`,
  );

describe('the linter, on the way through a script', () => {
  it('lets a script pass that loops but can end', () => {
    assert.deepEqual(lint(script({ a: ['opening', 'b'], b: ['offer', 'a', 'b', 'c'], c: ['thank'] })), []);
  });

  it('finds a branch that leads nowhere', () => {
    const found = lint(script({ a: ['opening', 'b', 'nowhere'], b: ['thank'] }));
    assert.deepEqual(found, ['error branch_to_nowhere /steps/0/branches/1/goTo']);
  });

  it('finds a step that ends without being the end', () => {
    assert.deepEqual(lint(script({ a: ['opening', 'b'], b: ['offer'] })), ['error dead_end /steps/1']);
  });

  it('finds a step that no branch leads to, though a step equally lost does', () => {
    const found = lint(script({ a: ['opening', 'd'], b: ['offer', 'c'], c: ['offer', 'd'], d: ['thank'] }));
    assert.deepEqual(found, ['warning unreachable_step /steps/1', 'warning unreachable_step /steps/2']);
  });

  it('finds the steps from which one only goes round', () => {
    const found = lint(
      script({ a: ['opening', 'b', 'd'], b: ['offer', 'c'], c: ['offer', 'b'], d: ['thank'] }),
    );
    assert.deepEqual(found, ['error loop_without_exit /steps/1', 'error loop_without_exit /steps/2']);
  });

  it('finds a start that is missing, or no opening', () => {
    const lost = lint(script({ a: ['opening', 'b'], b: ['thank'] }, 'z'));
    assert.equal(lost[0], 'error start_missing /start');
    assert.deepEqual(lint(script({ a: ['thank'] })), ['warning start_not_opening /start']);
  });

  it('finds an id used twice', () => {
    const found = lint(script({ a: ['opening', 'b'], b: ['thank'], "b'": ['thank'] }));
    assert.deepEqual(found, ['error duplicate_step /steps/2/id']);
  });

  it('finds conditions on fields that do not exist, and steps all of whose branches have one', () => {
    const when = (field: string) => ({ goTo: 'b', when: { field, exists: true } });
    const found = lint(
      script({ a: ['opening', when('customer.city'), when('customer.__proto__'), when('x')], b: ['thank'] }),
    );
    assert.deepEqual(found, [
      'warning conditional_branches /steps/0',
      'error forbidden_name /steps/0/branches/1/when/field',
      'error unknown_field /steps/0/branches/2/when/field',
    ]);
  });

  it('finds a template where plain text belongs', () => {
    const value = script({ a: ['thank'] });
    for (const step of value.steps) step.title = 'for {{customer.name}}';
    assert.deepEqual(lint(value), ['warning start_not_opening /start', 'error template_in_label /steps/0']);
  });
});
