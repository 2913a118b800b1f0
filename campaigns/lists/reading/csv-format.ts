/** Characters that separate cells, likeliest first. */
const DELIMITERS = [',', ';', '\t', '|'] as const;

const LINES_LOOKED_AT = 100;

export interface FoundCsvFormat {
  delimiter: string;
  loneReturns: boolean;
  /** Bytes of an Excel `sep=;` line at the top, which is no row; 0 when there is none. */
  skip: number;
}

/**
 * Finds what separates cells and lines in the start of a CSV text: the delimiter that stands equally often in
 * most lines, outside of quotes. A list of one column has none and is read with commas.
 */
export function findCsvFormat(sample: string): FoundCsvFormat {
  const loneReturns = /\r(?!\n)/.test(sample.slice(0, -1)) && !sample.includes('\n');
  const told = /^sep=(.)\r?\n/i.exec(sample);
  if (told?.[1] !== undefined) return { delimiter: told[1], loneReturns, skip: Buffer.byteLength(told[0]) };
  return { delimiter: bestDelimiter(linesOutsideQuotes(sample)), loneReturns, skip: 0 };
}

function bestDelimiter(lines: readonly string[]): string {
  let best = { delimiter: ',', agreement: 0 };
  for (const delimiter of DELIMITERS) {
    const counts = new Map<number, number>();
    for (const line of lines) {
      const count = line.split(delimiter).length - 1;
      if (count > 0) counts.set(count, (counts.get(count) ?? 0) + 1);
    }
    const [columns = 0, agreeing = 0] = [...counts].sort((one, other) => other[1] - one[1])[0] ?? [];
    // More cells break a tie: text full of commas in a file of tabs.
    const agreement = agreeing + columns / 1_000;
    if (agreement > best.agreement) best = { delimiter, agreement };
  }
  return best.delimiter;
}

/** The first lines with everything in quotes taken out, the last one left out as it may be cut. */
function linesOutsideQuotes(sample: string): string[] {
  const lines = sample
    .replace(/"(?:[^"]|""){0,2000}"/g, '')
    .split(/\r\n|\n|\r/)
    .filter((line) => line !== '')
    .slice(0, LINES_LOOKED_AT + 1);
  return lines.length > 1 ? lines.slice(0, -1) : lines;
}
