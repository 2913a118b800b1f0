import type { Import, SourceFile } from './source-tree.ts';

/** One breach: where, and what is wrong with it. */
export interface Breach {
  path: string;
  message: string;
}

/** What each part of the house may import, most particular part first; a path ends with `/` or is one file. */
const PARTS: readonly { part: string; mayImport: readonly string[]; mayImportTypes?: readonly string[] }[] = [
  { part: 'platform/', mayImport: ['platform/'] },
  // the events the call machine is fed, and what it orders, are the telephony port's words
  { part: 'dialer/core/', mayImport: ['dialer/core/', 'platform/'], mayImportTypes: ['dialer/telephony/'] },
  { part: 'dialer/pacing/', mayImport: ['dialer/pacing/', 'dialer/core/', 'platform/'] },
  { part: 'dialer/', mayImport: ['dialer/', 'platform/'] },
  { part: 'scripts-templates/', mayImport: ['scripts-templates/', 'platform/'] },
  {
    part: 'campaigns/',
    mayImport: ['campaigns/', 'dialer/core/', 'dialer/ports.ts', 'scripts-templates/', 'platform/'],
  },
  { part: 'migrations/', mayImport: ['migrations/', 'platform/'] },
  {
    part: 'server/',
    mayImport: ['server/', 'campaigns/', 'dialer/', 'scripts-templates/', 'platform/', 'migrations/'],
  },
  { part: 'web/', mayImport: ['web/'] },
];

const PURE = ['dialer/core/', 'dialer/pacing/', 'scripts-templates/'];
/** Packages that neither reach outside the process nor read clock or chance. */
const PURE_PACKAGES = new Set(['zod', 'handlebars', 'libphonenumber-js']);
/** Parts of the platform that are pure; of the others a pure file may take types. */
const PURE_PLATFORM = ['platform/errors/'];

/** A folder under each of these is a unit with one door, its `index.ts`. */
const UNIT_ROOTS = ['campaigns/', 'platform/', 'dialer/engine', 'dialer/telephony', 'dialer/simulation'];
/** Imported for its effect, before everything else, so it cannot hide behind a door that imports more. */
const SIDE_DOORS = new Set(['platform/clock/utc-process.ts']);

const COMPOSE = /^server\/compose(\.ts$|\/)/;
const SERVICE =
  /(?:Service|Store|ReadModel|Queue|EventStream|Schedule|Engine|Gate|Ledger|Journal|Telephony)$/;

const CLOCK_AND_CHANCE: readonly [RegExp, string][] = [
  [/\bDate\.now\b|\bnew Date\(\s*\)/, 'reads the clock'],
  [/\b(?:setTimeout|setInterval)\s*\(/, 'waits'],
  [/\bMath\.random\b|\brandomUUID\b|\brandomBytes\b/, 'draws chance'],
  [/\bfn\.now\s*\(/, "asks the database's clock"],
];

/** Tests, benches and the tools' own configuration may reach everywhere. */
export function isProduct(path: string): boolean {
  return !/^(test|bench)\/|\.test\.tsx?$|^[^/]+\.ts$|\.config\.ts$/.test(path);
}

/** Every breach of the house's arrows in these files. */
export function findBreaches(files: readonly SourceFile[]): Breach[] {
  return files
    .filter((file) => isProduct(file.path))
    .flatMap((file) => [
      ...brokenArrows(file),
      ...closedDoors(file),
      ...impurities(file),
      ...strayTime(file),
      ...strayServices(file),
    ]);
}

function brokenArrows({ path, imports }: SourceFile): Breach[] {
  const rule = PARTS.find(({ part }) => path.startsWith(part));
  if (!rule) return [{ path, message: 'lies in no part of the house' }];
  const allowed = ({ target, typeOnly }: Import) => {
    const parts = [...rule.mayImport, ...(typeOnly ? (rule.mayImportTypes ?? []) : [])];
    return parts.some((part) => target.startsWith(part)) && isProduct(target);
  };
  const forbidden = imports.filter((each) => each.own && !allowed(each));
  return forbidden.map(({ target }) => ({ path, message: `${rule.part} must not import ${target}` }));
}

function closedDoors({ path, imports }: SourceFile): Breach[] {
  const here = unitOf(path);
  const passing = imports.filter(({ own, target }) => {
    const unit = own ? unitOf(target) : undefined;
    if (path.startsWith('dialer/') && target.startsWith('dialer/')) return false; // one house within
    return unit !== undefined && unit !== here && target !== `${unit}/index.ts` && !SIDE_DOORS.has(target);
  });
  return passing.map(({ target }) => ({ path, message: `imports ${target} past its index.ts` }));
}

/** `campaigns/leads` for any file of that feature. */
function unitOf(path: string): string | undefined {
  for (const root of UNIT_ROOTS) {
    if (!path.startsWith(root)) continue;
    if (!root.endsWith('/')) return path.startsWith(`${root}/`) ? root : undefined;
    const [folder, file] = path.slice(root.length).split('/');
    return file === undefined ? undefined : `${root}${folder}`;
  }
  return undefined;
}

function impurities({ path, code, imports }: SourceFile): Breach[] {
  if (!PURE.some((part) => path.startsWith(part))) return [];
  const reaching = imports.filter((each) => !isPureImport(each));
  const globals = [...code.matchAll(/\b(process|console)\s*\.|\bfetch\s*\(/g)];
  return [
    ...reaching.map(({ target }) => ({ path, message: `is pure and must not import ${target}` })),
    ...globals.map(([use]) => ({ path, message: `is pure and must not use ${use}` })),
  ];
}

function isPureImport({ own, target, typeOnly, names }: Import): boolean {
  if (target === 'node:crypto') return names.length > 0 && names.every((name) => name === 'createHash');
  if (!own) return typeOnly || PURE_PACKAGES.has(target.split('/')[0] ?? '');
  if (!target.startsWith('platform/')) return true; // the arrows say the rest
  return typeOnly || PURE_PLATFORM.some((part) => target.startsWith(part));
}

/** Clock, timers and chance live in `platform/clock` and `platform/random`; a browser has its own. */
function strayTime({ path, code }: SourceFile): Breach[] {
  if (/^platform\/(clock|random)\/|^web\//.test(path)) return [];
  return CLOCK_AND_CHANCE.filter(([pattern]) => pattern.test(code)).map(([, does]) => ({
    path,
    message: `${does}: take Clock, Timers, Random or Ids of platform/`,
  }));
}

/** As far as names tell: a service of another unit is built in `server/compose.ts` only. */
function strayServices(file: SourceFile): Breach[] {
  const { path, code } = file;
  if (COMPOSE.test(path) || path.startsWith('web/')) return [];
  const foreign = file.imports.filter(
    ({ own, target }) => own && unitOf(target) !== undefined && unitOf(target) !== unitOf(path),
  );
  const services = foreign.flatMap(({ names }) => names).filter((name) => SERVICE.test(name));
  const built = services.filter((name) => {
    const call = /^(create|open|make|build)[A-Z]/.test(name) ? name : `new\\s+${name}`;
    return new RegExp(`\\b${call}\\s*(?:<[^>]*>)?\\(`).test(code);
  });
  return built.map((name) => ({ path, message: `builds ${name}: only server/compose.ts builds services` }));
}
