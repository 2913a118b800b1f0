import type { Queries } from '../../platform/db/index.ts';
import type { Id } from '../../platform/ids/index.ts';
import { assertSees, type Owner, type Viewer } from './scope.ts';

/** The team a new thing belongs to: the viewer's own, or another that they see. */
export async function ownerOf(queries: Queries, viewer: Viewer, teamId: Id | undefined): Promise<Owner> {
  if (teamId === undefined || teamId === viewer.teamId)
    return { vendorId: viewer.vendorId, teamId: viewer.teamId };
  const row: { vendor_id: Id } | undefined = await queries
    .knex('teams')
    .where('id', teamId)
    .first('vendor_id');
  return assertSees(viewer, row && { vendorId: row.vendor_id, teamId }, 'team');
}
