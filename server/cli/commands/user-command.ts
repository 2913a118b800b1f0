import { builtInPresets, createPresetCatalogue } from '../../../campaigns/compliance/index.ts';
import { newUserSchema, withHash } from '../../../campaigns/users/index.ts';
import { loadConfig } from '../../../platform/config/index.ts';
import type { Database } from '../../../platform/db/index.ts';
import { DomainError } from '../../../platform/errors/index.ts';
import type { Id } from '../../../platform/ids/index.ts';
import { randomToken } from '../../../platform/random/index.ts';
import { type Ground, openGround } from '../../compose/ground.ts';
import { composeServices, type Services } from '../../compose/services.ts';
import { type Command, type Invocation, textOption, UsageError } from '../command.ts';

const FIRST_VENDOR = 'Own';
const FIRST_TEAM = 'Team 1';
const PASSWORD_BYTES = 15;

/** `user add`: how the first person gets in; everybody else is added on the page. */
export const userAddCommand: Command = {
  name: 'user add',
  usage: '--login LOGIN --name NAME --role ROLE [--team TEAM]',
  summary:
    'Add a user and print their password, made by chance unless NEW_USER_PASSWORD holds one.\nThe team is made when there is none.',
  options: {
    login: { value: 'LOGIN', help: 'what they sign in with' },
    name: { value: 'NAME', help: 'as colleagues and customers hear it' },
    role: { value: 'ROLE', help: 'admin, manager, marketer or agent' },
    team: { value: 'TEAM', help: 'name of an existing team; the first one when absent' },
    locale: { value: 'LOCALE', help: 'en (default) or zh-CN' },
  },
  words: { min: 0, max: 0 },
  async run(invocation) {
    const config = loadConfig(invocation.env);
    const ground = await openGround(config);
    try {
      const presets = createPresetCatalogue(builtInPresets());
      return await addUser(invocation, ground, composeServices({ ...ground, presets }, config));
    } finally {
      await ground.close();
    }
  },
};

async function addUser(invocation: Invocation, { db }: Ground, { users }: Services) {
  const password = invocation.env.NEW_USER_PASSWORD ?? randomToken(PASSWORD_BYTES);
  const teamId = await findTeam(db, users, textOption(invocation, 'team'));
  const parsed = newUserSchema.safeParse({
    login: textOption(invocation, 'login'),
    name: textOption(invocation, 'name'),
    role: textOption(invocation, 'role'),
    locale: textOption(invocation, 'locale') ?? 'en',
    scope: textOption(invocation, 'role') === 'admin' ? 'all' : 'team',
    password,
    teamId,
  });
  if (!parsed.success) {
    throw new UsageError(
      parsed.error.issues.map((one) => `--${one.path.join('.')}: ${one.message}`).join('\n'),
    );
  }
  const input = await withHash(parsed.data);
  const user = await db.transact((tx) => users.createUser(tx, null, input));
  const { id, login, role } = user;
  return { data: { id, login, role, password }, text: `${login} (${role}) was added. Password: ${password}` };
}

/** The team of this name, or the first one, made when there is none at all. */
export async function findTeam(
  db: Database,
  users: Services['users'],
  name: string | undefined,
): Promise<Id> {
  const [team] = await db.reader.raw<{ id: Id }>(
    name === undefined ? 'select id from teams order by id limit 1' : 'select id from teams where name = ?',
    name === undefined ? [] : [name],
  );
  if (team) return team.id;
  if (name !== undefined) throw new DomainError('notFound', 'team_not_found', `There is no team "${name}"`);
  return db.transact(async (tx) => {
    const vendor = await users.createVendor(tx, null, { name: FIRST_VENDOR });
    return (await users.createTeam(tx, null, { name: FIRST_TEAM, vendorId: vendor.id })).id;
  });
}
