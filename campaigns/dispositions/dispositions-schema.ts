import { z } from 'zod';

/** What an agent may say of a call, in two levels: a group has reasons, and only what has none can be chosen. */

export const DISPOSITION_CATEGORIES = [
  'sale',
  'refusal',
  'callback',
  'undecided',
  'wrongPerson',
  'doNotCall',
  'machine',
  'noContact',
] as const;

export type DispositionCategory = (typeof DISPOSITION_CATEGORIES)[number];

const MINUTES_PER_YEAR = 366 * 24 * 60;

/** What happens to the lead. */
export const dispositionRule = z.discriminatedUnion('action', [
  /** Finished in this campaign. `coolDownDays`: no campaign calls the person before. */
  z.strictObject({
    action: z.literal('close'),
    result: z.enum(['sold', 'refused', 'noContact', 'completed']),
    coolDownDays: z.int().min(0).max(3_650).optional(),
  }),
  /** Tried again on the same number, or on the next of its numbers, under the campaign's attempt caps. */
  z.strictObject({
    action: z.literal('retry'),
    afterMinutes: z.int().min(0).max(MINUTES_PER_YEAR),
    number: z.enum(['same', 'next']).default('same'),
  }),
  /** Called at the time that was promised. */
  z.strictObject({ action: z.literal('callback') }),
  /** On the vendor's do-not-call list, with every lead that has the number. */
  z.strictObject({ action: z.literal('doNotCall') }),
  /** The number is not this person's: never again, on with the next of the lead's numbers. */
  z.strictObject({ action: z.literal('wrongNumber') }),
]);

export type DispositionRule = z.infer<typeof dispositionRule>;

const label = z.string().trim().min(1).max(120);

const leaf = {
  code: z.string().regex(/^[a-z][A-Za-z0-9]{0,63}$/),
  category: z.enum(DISPOSITION_CATEGORIES),
  label: z.strictObject({ en: label, zh: label }),
  /** The person who was wanted was on the line. */
  rightPerson: z.boolean().default(false),
  needsNote: z.boolean().default(false),
  needsCallbackTime: z.boolean().default(false),
  rule: dispositionRule,
};

const callbackHasTime = {
  message: 'A callback needs needsCallbackTime: true',
  path: ['needsCallbackTime'],
};

function hasCallbackTime(one: { rule: DispositionRule; needsCallbackTime: boolean }): boolean {
  return one.rule.action !== 'callback' || one.needsCallbackTime;
}

export const dispositionReason = z.strictObject(leaf).refine(hasCallbackTime, callbackHasTime);

/** A disposition, or a group of them by its `reasons`. */
export const disposition = z
  .strictObject({ ...leaf, reasons: z.array(dispositionReason).max(50).optional() })
  .refine(hasCallbackTime, callbackHasTime);

export const dispositionSet = z
  .array(disposition)
  .min(1)
  .max(50)
  .refine((set) => new Set(codesOf(set)).size === codesOf(set).length, {
    message: 'Every code may be used once',
  });

export type DispositionInput = z.input<typeof disposition>;
export type DispositionSet = z.infer<typeof dispositionSet>;

function codesOf(set: readonly { code: string; reasons?: { code: string }[] | undefined }[]): string[] {
  return set.flatMap(({ code, reasons }) => [code, ...(reasons ?? []).map((reason) => reason.code)]);
}
