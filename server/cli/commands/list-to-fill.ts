import type { Viewer } from '../../../campaigns/scope/index.ts';
import type { Database } from '../../../platform/db/index.ts';
import { DomainError } from '../../../platform/errors/index.ts';
import { type Id, isId } from '../../../platform/ids/index.ts';
import type { Services } from '../../compose/services.ts';
import { findTeam } from './user-command.ts';

/** The list of a name in its team; a list that is new is made for the country and the campaign. */
export interface ListToFill {
  name: string;
  /** ISO code. */
  country: string;
  /** Its team is the list's; without one, that of the first administrator, or the first team. */
  campaignId: string | undefined;
}

/** Who acts when there is nobody yet. */
const COMMAND_LINE: Id = '0'.repeat(20);

/**
 * @throws DomainError `campaign_not_found`; `list_of_other_country`, `list_of_other_campaign` for a list of this
 *   name that is not what was asked for
 */
export async function listToFill(
  { db, lists, users }: { db: Database; lists: Services['lists']; users: Services['users'] },
  { name, country, campaignId }: ListToFill,
): Promise<{ listId: Id; viewer: Viewer }> {
  const viewer = await actor(db, users, campaignId);
  const known: { id: Id; country: string; campaign_id: Id | null } | undefined = await db.reader
    .knex('lists')
    .where({ team_id: viewer.teamId, name })
    .first();
  if (known && known.country !== country) {
    const message = `There is a list of this name for numbers of ${known.country}: use another name`;
    throw new DomainError('conflict', 'list_of_other_country', message);
  }
  if (known && campaignId !== undefined && known.campaign_id !== campaignId) {
    if (known.campaign_id !== null) {
      throw new DomainError(
        'conflict',
        'list_of_other_campaign',
        'The list of this name has another campaign',
      );
    }
    const change = { listId: known.id, input: { campaignId } };
    await db.transact((tx) => lists.change(tx, viewer, change));
  }
  if (known) return { listId: known.id, viewer };
  const input = { name, country, campaignId: campaignId ?? null, position: 0 };
  const { id } = await db.transact((tx) => lists.create(tx, viewer, input));
  return { listId: id, viewer };
}

async function actor(
  db: Database,
  users: Services['users'],
  campaignId: string | undefined,
): Promise<Viewer> {
  const [admin] = await db.reader.raw<{ id: Id; team_id: Id; vendor_id: Id }>(
    "select id, team_id, vendor_id from users where role = 'admin' and state = 'active' order by id limit 1",
  );
  const team = campaignId === undefined ? admin : await teamOfCampaign(db, campaignId);
  const place = team ?? (await teamById(db, await findTeam(db, users, undefined)));
  return {
    userId: admin?.id ?? COMMAND_LINE,
    vendorId: place.vendor_id,
    teamId: place.team_id,
    role: 'admin',
    scope: 'all',
  };
}

async function teamOfCampaign(db: Database, campaignId: string) {
  const row: { team_id: Id; vendor_id: Id } | undefined = isId(campaignId)
    ? await db.reader.knex('campaigns').where('id', campaignId).first('team_id', 'vendor_id')
    : undefined;
  if (row) return row;
  throw new DomainError('notFound', 'campaign_not_found', 'There is no such campaign');
}

async function teamById(db: Database, teamId: Id): Promise<{ team_id: Id; vendor_id: Id }> {
  const row: { vendor_id: Id } | undefined = await db.reader.knex('teams').where('id', teamId).first();
  if (!row) throw new Error('A team was found that is not there');
  return { team_id: teamId, vendor_id: row.vendor_id };
}
