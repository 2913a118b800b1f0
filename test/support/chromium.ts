import { existsSync } from 'node:fs';

const DEBIAN = '/usr/bin/chromium';

/**
 * The browser for suites that need one: `CHROMIUM`, else Debian's; undefined when there is none. `test/run.ts`
 * names the suites that import this when it is not there.
 */
export function testChromium(
  env: Readonly<Record<string, string | undefined>> = process.env,
): string | undefined {
  const path = env.CHROMIUM ?? DEBIAN;
  return existsSync(path) ? path : undefined;
}
