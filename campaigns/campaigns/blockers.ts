import type { Queries } from '../../platform/db/index.ts';
import type { Id } from '../../platform/ids/index.ts';
import type { Blocker, Campaign } from './campaigns-schema.ts';

/** What is known of compliance presets; the compliance feature has the rest. */
export interface PresetCatalogue {
  find(presetId: string): { demo: boolean } | undefined;
}

export interface BlockerServices {
  presets: PresetCatalogue;
  /** Production takes no demo preset. */
  production: boolean;
}

/** Everything that keeps a campaign from dialing, all at once. Empty: it can be made ready, and started. */
export async function findBlockers(
  queries: Queries,
  campaign: Campaign,
  services: BlockerServices,
): Promise<Blocker[]> {
  return [
    ...(await listBlockers(queries, campaign.id)),
    ...(campaign.callerIds.length === 0 ? [blocker('no_caller_id', 'Give at least one caller ID')] : []),
    ...(await scriptBlockers(queries, campaign.scriptId)),
    ...(await dispositionBlockers(queries, campaign.id)),
    ...presetBlockers(campaign, services),
  ];
}

async function listBlockers(queries: Queries, campaignId: Id): Promise<Blocker[]> {
  const lists = await queries.knex('lists').where({ campaign_id: campaignId, state: 'active' }).select('id');
  if (lists.length === 0) return [blocker('no_list', 'Give the campaign a list that is active')];
  const withLeads = await queries
    .knex('lead_tallies')
    .whereIn(
      'list_id',
      lists.map((list: { id: Id }) => list.id),
    )
    .where('n', '>', 0)
    .first('list_id');
  return withLeads ? [] : [blocker('no_leads', 'Load leads into the list')];
}

async function scriptBlockers(queries: Queries, scriptId: Id | null): Promise<Blocker[]> {
  if (scriptId === null) return [blocker('no_script', 'Choose a script')];
  const approved = await approvedScriptVersion(queries, scriptId);
  return approved
    ? []
    : [blocker('script_not_approved', 'Have a version of the script approved', { scriptId })];
}

async function dispositionBlockers(queries: Queries, campaignId: Id): Promise<Blocker[]> {
  const one = await queries.knex('dispositions').where({ campaign_id: campaignId, active: 1 }).first('id');
  return one ? [] : [blocker('no_dispositions', 'Give the campaign dispositions')];
}

function presetBlockers({ settings }: Campaign, { presets, production }: BlockerServices): Blocker[] {
  const chosen = settings.compliance.presets;
  if (chosen.length === 0)
    return [blocker('no_presets', 'Choose the compliance presets that bind the campaign')];
  return chosen.flatMap((presetId) => {
    const preset = presets.find(presetId);
    if (!preset) return [blocker('unknown_preset', 'Choose presets that exist', { presetId })];
    if (!preset.demo || !production) return [];
    return [
      blocker('demo_preset_in_production', 'Replace the demo preset by that of your country', { presetId }),
    ];
  });
}

/** The newest approved version of a script. */
export async function approvedScriptVersion(queries: Queries, scriptId: Id): Promise<Id | undefined> {
  const row: { id: Id } | undefined = await queries
    .knex('script_versions')
    .where({ script_id: scriptId, state: 'approved' })
    .orderBy('number', 'desc')
    .first('id');
  return row?.id;
}

function blocker(code: string, message: string, params: Record<string, unknown> = {}): Blocker {
  return { code, message, params };
}
