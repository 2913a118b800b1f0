/** A service some suites need: the helper a suite imports to ask for it, and the setting that names it. */
const SERVICES = [
  { name: 'PostgreSQL', setting: 'DATABASE_URL', helper: /^import[^;]*\btestDatabases\b/m },
  { name: 'Redis', setting: 'REDIS_URL', helper: /^import[^;]*\btestRedis\b/m },
  { name: 'Chromium', setting: 'CHROMIUM', helper: /^import[^;]*\btestChromium\b/m },
] as const;

/** Node's own totals (`# tests 12`, `# pass 12` …) out of its TAP report. */
export function summaryLines(tap: string): string[] {
  const lines = tap.trimEnd().split('\n');
  const start = lines.findLastIndex((line) => /^# tests \d/.test(line));
  return start < 0 ? [] : lines.slice(start).filter((line) => line.startsWith('# '));
}

/** One paragraph per service that is not set: what did not run, and how to run it. */
export function absentServices(
  sources: readonly { file: string; text: string }[],
  env: Readonly<Record<string, string | undefined>>,
): string[] {
  return SERVICES.flatMap(({ name, setting, helper }) => {
    const suites = sources.filter(({ text }) => helper.test(text)).map(({ file }) => `  ${file}`);
    if (env[setting] || suites.length === 0) return [];
    return [`${name}: not run (set ${setting}) in ${suites.length} suites:`, ...suites];
  });
}
