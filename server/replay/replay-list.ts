import { once } from 'node:events';
import { createWriteStream } from 'node:fs';
import { finished } from 'node:stream/promises';
import { stringify } from 'csv-stringify/sync';
import { replayNumber } from '../../dialer/core/replay-numbers.ts';
import { type RecordedCampaign, readRecordedCampaign } from './recorded-campaign.ts';

/** Heading of the made numbers; the recorded columns follow and are kept as the leads' variables. */
const PHONE = 'phone';

/**
 * Makes a lead list of a recorded campaign: every row as it is, with a number before it that only the simulated
 * network accepts.
 * @throws DomainError `recording_invalid`
 */
export async function writeReplayList(recording: string, listFile: string): Promise<RecordedCampaign> {
  const out = createWriteStream(listFile);
  const campaign = await readRecordedCampaign(recording, async (cells, index) => {
    const line = stringify([[index < 0 ? PHONE : replayNumber(index), ...cells]]);
    if (!out.write(line)) await once(out, 'drain');
  });
  out.end();
  await finished(out);
  return campaign;
}
