import type { Queries } from '../../platform/db/index.ts';
import type { Grouping } from './report-schema.ts';
import type { Report } from './reports-read-model.ts';

/** Where the names of a grouping's ids are. */
const SOURCES: Partial<Record<Grouping, string>> = {
  campaign: 'select id, name from campaigns where id in',
  list: 'select id, name from lists where id in',
  agent: 'select id, name from users where id in',
  scriptVersion:
    "select v.id, s.name || ' #' || v.number as name from script_versions v join scripts s on s.id = v.script_id where v.id in",
};

/** Parameters per statement: below the limits of both databases. */
const CHUNK = 500;

/** Names for the ids in a report's keys, by `<grouping> <id>`. The report's campaigns are the viewer's already. */
export async function namesOfReport(queries: Queries, report: Report): Promise<Map<string, string>> {
  const names = new Map<string, string>();
  for (const grouping of report.groupBy) {
    const source = SOURCES[grouping];
    if (!source) continue;
    const ids = [...new Set(report.lines.map((line) => line.key[grouping] ?? ''))].filter((id) => id !== '');
    for (let start = 0; start < ids.length; start += CHUNK) {
      const some = ids.slice(start, start + CHUNK);
      const marks = some.map(() => '?').join(', ');
      for (const row of await queries.raw<{ id: string; name: string }>(`${source} (${marks})`, some)) {
        names.set(`${grouping} ${row.id}`, row.name);
      }
    }
  }
  return names;
}
