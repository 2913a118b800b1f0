import { createHash } from 'node:crypto';
import { z } from 'zod';
import { SCRIPT_LIMITS as L } from './limits.ts';

export const LOCALES = ['zh-CN', 'en'] as const;
export type Locale = (typeof LOCALES)[number];

export const STEP_KINDS = [
  'opening',
  'permission',
  'need',
  'offer',
  'objection',
  'close',
  'confirm',
  'thank',
  'other',
] as const;
export type StepKind = (typeof STEP_KINDS)[number];

const stepId = z.string().regex(new RegExp(`^[a-z0-9][a-z0-9_-]{0,${L.idLength - 1}}$`));
const fieldPath = z.string().min(1).max(200);
const plainText = (max: number) => z.string().trim().min(1).max(max);

/** When a branch is offered: the field has a value (or has none), or has exactly this value. */
const conditionSchema = z.union([
  z.strictObject({ field: fieldPath, exists: z.boolean() }),
  z.strictObject({ field: fieldPath, equals: z.union([z.string().max(200), z.number(), z.boolean()]) }),
]);

const branchSchema = z.strictObject({
  label: plainText(L.labelLength),
  goTo: stepId,
  when: conditionSchema.optional(),
});

const bodySchema = z
  .string()
  .min(1)
  .refine((body) => utf8Length(body) <= L.bodyBytes, { params: { code: 'body_too_large' } });

const stepSchema = z.strictObject({
  id: stepId,
  title: plainText(L.titleLength),
  body: bodySchema,
  required: z.boolean().optional(),
  kind: z.enum(STEP_KINDS),
  branches: z.array(branchSchema).max(L.branchesPerStep),
});

/** The script as it is stored and sent: plain JSON. Shape and sizes only; {@link lintScript} says the rest. */
export const scriptDocumentSchema = z.strictObject({
  locale: z.enum(LOCALES),
  start: stepId,
  steps: z.array(stepSchema).min(1).max(L.steps),
});

export type ScriptDocument = z.infer<typeof scriptDocumentSchema>;
export type ScriptStep = ScriptDocument['steps'][number];
export type ScriptBranch = ScriptStep['branches'][number];
export type BranchCondition = NonNullable<ScriptBranch['when']>;

/** A document with the hash of its content, by which compiled scripts are cached. */
export interface ScriptVersion {
  readonly contentHash: string;
  readonly document: ScriptDocument;
}

/** SHA-256 (hex) of the document's canonical JSON: the same content gives the same hash whatever its key order. */
export function scriptContentHash(document: ScriptDocument): string {
  return createHash('sha256').update(canonicalJson(document)).digest('hex');
}

/** Length in bytes as UTF-8. A string too long by its code units alone is not measured further. */
export function utf8Length(text: string): number {
  return text.length > L.scriptBytes ? text.length : Buffer.byteLength(text, 'utf8');
}

function canonicalJson(value: unknown): string {
  return JSON.stringify(value, (_key, inner: unknown) =>
    inner !== null && typeof inner === 'object' && !Array.isArray(inner)
      ? Object.fromEntries(Object.entries(inner).sort(([a], [b]) => (a < b ? -1 : 1)))
      : inner,
  );
}
