import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Viewer } from '../../campaigns/scope/index.ts';
import type { Instant } from '../../platform/clock/index.ts';
import type { Database } from '../../platform/db/index.ts';
import type { Id } from '../../platform/ids/index.ts';
import type { Services } from '../compose/services.ts';
import { composeVirtualFloor } from '../compose/virtual-floor.ts';
import { createReplayCampaign, type ReplayCampaign } from './replay-campaign.ts';
import { type ReplayFigures, readReplayFigures } from './replay-figures.ts';
import { writeReplayList } from './replay-list.ts';
import { REPLAY_BEAT_MS, replayBehaviour, replayScenarios } from './replay-scenario.ts';

export interface ReplayParts {
  db: Database;
  /** Built on a clock that stands at `startAt`. */
  services: Services;
  /** Loads a file into a list and resolves when its leads are there. */
  importFile(viewer: Viewer, request: { listId: Id; file: string }): Promise<void>;
}

export interface ReplayRequest {
  file: string;
  agents: number;
  seed: string;
  startAt: Instant;
  say(line: string): void;
}

const HOUR_MS = 3_600_000;
/** Beyond any campaign: a floor that is not done by then never will be. */
const LONGEST_MS = 20 * 365 * 24 * HOUR_MS;

/**
 * Runs a recorded campaign through import, engine, agents, dispositions and report, in virtual time: each lead's
 * tries, talk and result as they were.
 * @returns what the report says of it, out of the database
 * @throws DomainError `recording_invalid`, or whatever went wrong on the floor
 */
export async function replay(parts: ReplayParts, request: ReplayRequest): Promise<ReplayFigures> {
  const folder = await mkdtemp(join(tmpdir(), 'dialwright-replay-'));
  try {
    const listFile = join(folder, 'leads.csv');
    const recorded = await writeReplayList(request.file, listFile);
    request.say(`loading ${recorded.attempts.length} leads`);
    const campaign = await createReplayCampaign(parts, request, (viewer, listId) =>
      parts.importFile(viewer, { listId, file: listFile }),
    );
    request.say(`dialing with ${request.agents} agents, in virtual time`);
    const floor = composeVirtualFloor({
      db: parts.db,
      services: parts.services,
      seed: request.seed,
      name: campaign.name,
      startAt: request.startAt,
      scenarios: replayScenarios(recorded),
      behaviour: replayBehaviour(recorded, campaign, request.startAt),
      placeEveryMs: REPLAY_BEAT_MS,
    });
    await floor.open(campaign.seats);
    await floor.run(() => isWorkedThrough(parts.db, campaign), request.startAt + LONGEST_MS);
    await floor.close();
    return await readReplayFigures(parts.db.reader, {
      campaign,
      from: request.startAt,
      to: floor.timers.now(),
    });
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}

async function isWorkedThrough({ reader }: Database, { listId }: ReplayCampaign): Promise<boolean> {
  const [row] = await reader.raw<{ open: number }>(
    `select coalesce(sum(n), 0) as open from lead_tallies where list_id = ? and state not in ('done', 'suppressed')`,
    [listId],
  );
  return row?.open === 0;
}
