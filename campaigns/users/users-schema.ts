import { z } from 'zod';
import { idField, instantField, nameField, pageOf, pageQuery } from '../routes/index.ts';
import { ROLES, SCOPES } from '../scope/index.ts';

export const LOCALES = ['en', 'zh-CN'] as const;
export type Locale = (typeof LOCALES)[number];

/** Long rather than strange: NIST SP 800-63B asks for 8 or more and no rules of composition; 10 is ours. */
export const passwordField = z.string().min(10).max(200).meta({ format: 'password' });

export const loginField = z
  .string()
  .trim()
  .toLowerCase()
  .regex(/^[a-z0-9][a-z0-9._@-]{1,99}$/);

export const localeField = z.enum(LOCALES);
export const roleField = z.enum(ROLES).meta({ id: 'Role' });
const scopeField = z
  .enum(SCOPES)
  .meta({ description: 'What the user sees: everything, the vendor, or the own team' });
const agentNumberField = z
  .string()
  .trim()
  .min(1)
  .max(32)
  .meta({ description: 'Told to the customer (工号)' });

export const userSchema = z
  .object({
    id: idField,
    vendorId: idField,
    teamId: idField,
    login: z.string(),
    name: z.string(),
    role: roleField,
    scope: scopeField,
    state: z.enum(['active', 'disabled']),
    locale: localeField,
    agentNumber: z.string().nullable(),
    robot: z.boolean().meta({ description: 'A simulated agent of the demo' }),
    createdAt: instantField,
  })
  .meta({ id: 'User' });
export type User = z.infer<typeof userSchema>;

export const newUserSchema = z.strictObject({
  login: loginField,
  name: nameField,
  password: passwordField,
  role: roleField,
  scope: scopeField.default('team'),
  teamId: idField,
  locale: localeField.default('en'),
  agentNumber: agentNumberField.optional(),
});
export type NewUser = z.infer<typeof newUserSchema>;

export const userChangeSchema = z.strictObject({
  name: nameField.optional(),
  password: passwordField.optional(),
  role: roleField.optional(),
  scope: scopeField.optional(),
  teamId: idField.optional(),
  state: z.enum(['active', 'disabled']).optional(),
  locale: localeField.optional(),
  agentNumber: agentNumberField.nullable().optional(),
});
export type UserChange = z.infer<typeof userChangeSchema>;

export const usersQuery = z.strictObject({
  ...pageQuery,
  teamId: idField.optional(),
  role: roleField.optional(),
});
export const userPage = pageOf(userSchema);
export const userParams = z.object({ userId: idField });

export const teamSchema = z
  .object({
    id: idField,
    vendorId: idField,
    vendorName: z.string(),
    name: z.string(),
    createdAt: instantField,
  })
  .meta({ id: 'Team' });
export type Team = z.infer<typeof teamSchema>;
export const newTeamSchema = z.strictObject({ name: nameField, vendorId: idField.optional() });

export const vendorSchema = z
  .object({ id: idField, name: z.string(), createdAt: instantField })
  .meta({ id: 'Vendor' });
export type Vendor = z.infer<typeof vendorSchema>;
export const newVendorSchema = z.strictObject({ name: nameField });
