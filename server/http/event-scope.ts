import type { Viewer } from '../../campaigns/scope/index.ts';
import type { EventScope } from '../../platform/events/index.ts';

/**
 * Whether an event is for this viewer's ears. What names a user is for that user and those above; what names a
 * team or vendor for those who see it; what names nobody for all.
 */
export function hears(viewer: Viewer, scope: EventScope): boolean {
  if (scope.userId === viewer.userId) return true;
  if (scope.userId !== undefined && viewer.role === 'agent') return false;
  if (viewer.scope === 'all') return true;
  if (scope.vendorId !== undefined && scope.vendorId !== viewer.vendorId) return false;
  // a user or campaign without a vendor cannot be shown to be the viewer's
  if (scope.vendorId === undefined && (scope.userId ?? scope.campaignId) !== undefined) return false;
  return viewer.scope === 'vendor' || scope.teamId === undefined || scope.teamId === viewer.teamId;
}
