import { z } from 'zod';
import { scriptDocumentSchema } from '../../scripts-templates/index.ts';
import { idField, instantField, nameField, pageOf, pageQuery } from '../routes/index.ts';

const issueSchema = z
  .object({
    code: z.string(),
    severity: z.enum(['error', 'warning']),
    path: z.string(),
    stepId: z.string().optional(),
    line: z.int().optional(),
    column: z.int().optional(),
    params: z.record(z.string(), z.unknown()),
    message: z.string(),
  })
  .meta({ id: 'ScriptIssue' });

export const versionSchema = z
  .object({
    id: idField,
    scriptId: idField,
    number: z.int(),
    locale: z.string(),
    state: z.enum(['draft', 'approved', 'retired']),
    document: scriptDocumentSchema,
    contentHash: z.string(),
    createdBy: idField.nullable(),
    createdAt: instantField,
    approvedBy: idField.nullable(),
    approvedAt: instantField.nullable(),
  })
  .meta({ id: 'ScriptVersion' });
export type ScriptVersionRecord = z.output<typeof versionSchema>;

export const versionSummarySchema = versionSchema
  .omit({ document: true })
  .meta({ id: 'ScriptVersionSummary' });
export type ScriptVersionSummary = z.output<typeof versionSummarySchema>;

export const scriptSchema = z
  .object({
    id: idField,
    vendorId: idField,
    teamId: idField,
    name: z.string(),
    createdAt: instantField,
    approvedVersion: z.int().nullable().meta({ description: 'Number of the version that is used now' }),
  })
  .meta({ id: 'Script' });
export type Script = z.output<typeof scriptSchema>;

export const scriptPage = pageOf(scriptSchema);
export const scriptsQuery = z.strictObject(pageQuery);
export const scriptParams = z.object({ scriptId: idField });
export const versionParams = z.object({
  scriptId: idField,
  number: z.coerce.number().int().min(1).max(1_000_000),
});
export const newScriptSchema = z.strictObject({ name: nameField, teamId: idField.optional() });
export const newVersionSchema = z.strictObject({
  document: z.unknown().meta({ description: 'A ScriptDocument; its faults are answered as issues' }),
});
/** A saved version, and what the linter warns of. */
export const savedVersionSchema = z
  .object({ version: versionSchema, warnings: z.array(issueSchema) })
  .meta({ id: 'SavedScriptVersion' });
export const lintSchema = z.object({ issues: z.array(issueSchema) });
export const previewSchema = z.strictObject({
  document: z.unknown(),
  context: z.record(z.string(), z.unknown()).default({}),
});

export const renderedScriptSchema = z
  .object({
    locale: z.string(),
    start: z.string(),
    truncated: z.boolean(),
    steps: z.array(
      z.object({
        id: z.string(),
        title: z.string(),
        kind: z.string(),
        required: z.boolean(),
        paragraphs: z
          .array(z.object({ lines: z.array(z.string()) }))
          .meta({ description: 'Plain text, never HTML' }),
        branches: z.array(z.object({ label: z.string(), goTo: z.string() })),
        missing: z.array(z.string()),
      }),
    ),
  })
  .meta({ id: 'RenderedScript' });
