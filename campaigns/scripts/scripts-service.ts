import type { Clock } from '../../platform/clock/index.ts';
import type { Queries, Tx } from '../../platform/db/index.ts';
import { DomainError } from '../../platform/errors/index.ts';
import type { Id, Ids } from '../../platform/ids/index.ts';
import {
  createScriptVersion,
  type KnownField,
  lintScript,
  type RenderedScript,
  type ScriptContext,
  type ScriptIssue,
  type ScriptRenderer,
  STANDARD_FIELDS,
} from '../../scripts-templates/index.ts';
import type { AuditLog } from '../audit/index.ts';
import { assertSees, ownerOf, type Viewer } from '../scope/index.ts';
import type { Script, ScriptVersionRecord } from './scripts-schema.ts';
import {
  approve,
  insertScript,
  insertVersion,
  lastNumber,
  scriptById,
  versionByNumber,
} from './scripts-store.ts';

/** A list's columns are not known when its script is written: any is allowed, and may be missing. */
const FIELDS: readonly KnownField[] = [...STANDARD_FIELDS, { path: 'vars.*', kind: 'text' }];

export interface ScriptService {
  script(queries: Queries, viewer: Viewer, scriptId: Id): Promise<Script>;
  version(queries: Queries, viewer: Viewer, at: VersionPlace): Promise<ScriptVersionRecord>;
  create(tx: Tx, viewer: Viewer, input: { name: string; teamId?: Id | undefined }): Promise<Script>;
  /** @throws DomainError `script_invalid` with the linter's errors as issues; warnings do not stop it */
  saveVersion(
    tx: Tx,
    viewer: Viewer,
    input: { scriptId: Id; document: unknown },
  ): Promise<{ version: ScriptVersionRecord; warnings: ScriptIssue[] }>;
  /** The version becomes the one that calls use; the one before is retired. */
  approve(tx: Tx, viewer: Viewer, at: VersionPlace): Promise<ScriptVersionRecord>;
  lint(document: unknown): ScriptIssue[];
  /** How a document reads with the given values. */
  preview(input: { document: unknown; context: Record<string, unknown> }): RenderedScript;
}

interface VersionPlace {
  scriptId: Id;
  number: number;
}

interface Services {
  clock: Clock;
  ids: Ids;
  audit: AuditLog;
  renderer: ScriptRenderer;
  /** Tells the campaigns that use the script; in the same unit of work. */
  onApproved: (tx: Tx, scriptId: Id) => Promise<void>;
}

export function createScriptService(services: Services): ScriptService {
  return {
    script: seen,
    version,
    create: (tx, viewer, input) => create(services, tx, { viewer, input }),
    saveVersion: (tx, viewer, input) => saveVersion(services, tx, { viewer, ...input }),
    approve: (tx, viewer, at) => approveVersion(services, tx, { viewer, ...at }),
    lint,
    preview: ({ document, context }) => {
      const now = services.clock.now();
      return services.renderer.render(createScriptVersion(document), context as ScriptContext, { now });
    },
  };
}

function lint(document: unknown): ScriptIssue[] {
  return lintScript(document, { fields: FIELDS });
}

async function seen(queries: Queries, viewer: Viewer, scriptId: Id): Promise<Script> {
  return assertSees(viewer, await scriptById(queries, scriptId), 'script');
}

async function version(
  queries: Queries,
  viewer: Viewer,
  { scriptId, number }: VersionPlace,
): Promise<ScriptVersionRecord> {
  await seen(queries, viewer, scriptId);
  const found = await versionByNumber(queries, scriptId, number);
  if (found) return found;
  throw new DomainError('notFound', 'script_version_not_found', 'The script has no version of this number');
}

async function create(
  { clock, ids, audit }: Services,
  tx: Tx,
  { viewer, input }: { viewer: Viewer; input: { name: string; teamId?: Id | undefined } },
): Promise<Script> {
  const owner = await ownerOf(tx, viewer, input.teamId);
  const script = {
    id: ids.next(),
    ...owner,
    name: input.name,
    createdAt: clock.now(),
    approvedVersion: null,
  };
  try {
    await insertScript(tx, script);
  } catch (error) {
    if (!tx.dialect.isUniqueViolation(error)) throw error;
    throw new DomainError('conflict', 'script_name_taken', 'The team has a script of this name', {
      cause: error,
    });
  }
  const note = { viewer, action: 'script.created', entity: 'script' as const, entityId: script.id, owner };
  await audit.record(tx, { ...note, after: { name: script.name } });
  return script;
}

async function saveVersion(
  { clock, ids, audit }: Services,
  tx: Tx,
  { viewer, scriptId, document }: { viewer: Viewer; scriptId: Id; document: unknown },
): Promise<{ version: ScriptVersionRecord; warnings: ScriptIssue[] }> {
  const script = await seen(tx, viewer, scriptId);
  const issues = lint(document);
  if (issues.some((issue) => issue.severity === 'error')) throw invalidScript(issues);
  const content = createScriptVersion(document);
  const saved: ScriptVersionRecord = {
    id: ids.next(),
    scriptId,
    number: (await lastNumber(tx, scriptId)) + 1,
    locale: content.document.locale,
    state: 'draft',
    document: content.document,
    contentHash: content.contentHash,
    createdBy: viewer.userId,
    createdAt: clock.now(),
    approvedBy: null,
    approvedAt: null,
  };
  await insertVersion(tx, saved);
  const note = {
    viewer,
    action: 'script.version_saved',
    entity: 'script' as const,
    entityId: scriptId,
    owner: script,
  };
  await audit.record(tx, { ...note, after: { number: saved.number, contentHash: saved.contentHash } });
  return { version: saved, warnings: issues };
}

function invalidScript(issues: readonly ScriptIssue[]): DomainError {
  return new DomainError('invalid', 'script_invalid', 'The script has faults: see the issues', {
    issues: issues.map(({ path, code, message, params, severity, stepId, line, column }) => ({
      path: `/document${path}`,
      code,
      message,
      params: { ...params, severity, stepId, line, column },
    })),
  });
}

async function approveVersion(
  { clock, audit, onApproved }: Services,
  tx: Tx,
  { viewer, scriptId, number }: VersionPlace & { viewer: Viewer },
): Promise<ScriptVersionRecord> {
  const script = await seen(tx, viewer, scriptId);
  const draft = await version(tx, viewer, { scriptId, number });
  const issues = lint(draft.document); // rules may have grown since it was saved
  if (issues.some((issue) => issue.severity === 'error')) throw invalidScript(issues);
  const approval = { approvedBy: viewer.userId, approvedAt: clock.now() };
  if (!(await approve(tx, { id: draft.id, scriptId, ...approval }))) {
    throw new DomainError('conflict', 'script_version_not_draft', 'Only a draft can be approved', {
      params: { state: draft.state },
    });
  }
  await onApproved(tx, scriptId);
  const note = {
    viewer,
    action: 'script.approved',
    entity: 'script' as const,
    entityId: scriptId,
    owner: script,
  };
  await audit.record(tx, { ...note, before: { number: script.approvedVersion }, after: { number } });
  return { ...draft, state: 'approved', ...approval };
}
