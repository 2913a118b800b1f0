import { once } from 'node:events';
import { createWriteStream } from 'node:fs';

/** Coprime to a hundred million: its multiples visit every eight digits once, in an order that looks random. */
const STEP = 61_803_399;
const RANGE = 100_000_000;

/**
 * Writes a list of generated leads with two numbers each, all different and in no order: real lists are not sorted
 * by number, and an index is the slower the less it is.
 */
export async function generateList(path: string, rows: number): Promise<void> {
  const out = createWriteStream(path, { highWaterMark: 1 << 20 });
  out.write('姓名,手机,备用电话,城市,车型\n');
  for (let row = 0; row < rows; row++) {
    const digits = (row * STEP + 12_345_678) % RANGE;
    const first = `138${String(digits).padStart(8, '0')}`;
    const second = `139${String(RANGE - 1 - digits).padStart(8, '0')}`;
    const line = `客户${row},${first},${second},城市${row % 300},车型${row % 40}\n`;
    if (!out.write(line)) await once(out, 'drain');
  }
  out.end();
  await once(out, 'close');
}
