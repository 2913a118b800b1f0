import { createReadStream, existsSync } from 'node:fs';
import { basename, join } from 'node:path';
import { getCountries } from 'libphonenumber-js/min';
import { builtInPresets, createPresetCatalogue } from '../../../campaigns/compliance/index.ts';
import { type ImportResult, importOptionsSchema, type ListImport } from '../../../campaigns/lists/index.ts';
import { loadConfig } from '../../../platform/config/index.ts';
import { DomainError } from '../../../platform/errors/index.ts';
import { type Ground, openGround } from '../../compose/ground.ts';
import { composeServices, type Services } from '../../compose/services.ts';
import { type Command, type CommandResult, type Invocation, textOption, UsageError } from '../command.ts';
import { type ListToFill, listToFill } from './list-to-fill.ts';

/** Rows between two words about how far it is. */
const TELL_EVERY = 50_000;

/** `import`: a file into a list, from its first row to its last. */
export const importCommand: Command = {
  name: 'import',
  usage: 'FILE --list NAME --country CN',
  summary:
    'Load FILE (CSV or XLSX) into a list, which is made when there is none of this name. Rows that cannot be loaded\n' +
    'are kept with their reason in a file that can be corrected and loaded again. A command that was killed goes on\n' +
    'where it was when it is given again.',
  options: {
    list: { value: 'NAME', help: 'name of the list' },
    country: { value: 'CN', help: 'ISO code: of numbers written without a country' },
    campaign: { value: 'ID', help: 'the campaign that the list is dialed in' },
    encoding: { value: 'NAME', help: 'utf-8, utf-16le, gb18030 …; found when absent' },
    duplicates: { value: 'WHAT', help: 'skip (default), update or add' },
  },
  words: { min: 1, max: 1 },
  async run(invocation) {
    const begun = performance.now();
    const [file = ''] = invocation.words;
    const wanted = listWanted(invocation);
    const options = optionsOf(invocation);
    if (!existsSync(file)) throw new DomainError('notFound', 'file_not_found', `There is no file ${file}`);
    const config = loadConfig(invocation.env);
    const ground = await openGround(config);
    try {
      const presets = createPresetCatalogue(builtInPresets());
      const services = composeServices({ ...ground, presets }, config);
      const say = (text: string) => void (invocation.json || process.stderr.write(`${text}\n`));
      const result = await load({ ground, services, say }, wanted, { file, options });
      return answer(result, { folder: join(config.dataDir, 'files'), begun });
    } finally {
      await ground.close();
    }
  },
};

function listWanted(invocation: Invocation): ListToFill {
  const name = textOption(invocation, 'list')?.trim();
  const country = textOption(invocation, 'country')?.toUpperCase();
  if (!name || name.length > 200) throw new UsageError('--list takes a name of up to 200 characters');
  if (!getCountries().some((code) => code === country)) {
    throw new UsageError('--country takes an ISO code of two letters, as CN or US');
  }
  return { name, country: country ?? '', campaignId: textOption(invocation, 'campaign') };
}

function optionsOf(invocation: Invocation) {
  const encoding = textOption(invocation, 'encoding');
  const parsed = importOptionsSchema.safeParse({
    duplicates: textOption(invocation, 'duplicates') ?? 'skip',
    ...(encoding === undefined ? {} : { encoding }),
  });
  if (parsed.success) return parsed.data;
  throw new UsageError(
    parsed.error.issues.map((issue) => `--${issue.path.join('.')}: ${issue.message}`).join('\n'),
  );
}

interface Parts {
  ground: Ground;
  services: Services;
  say: (text: string) => void;
}

async function load(
  parts: Parts,
  wanted: ListToFill,
  { file, options }: { file: string; options: ReturnType<typeof optionsOf> },
): Promise<ImportResult> {
  const { ground, services, say } = parts;
  const { db } = ground;
  const { imports } = services;
  const { listId, viewer } = await listToFill({ ...ground, ...services }, wanted);
  const content = createReadStream(file);
  const { fileId } = await imports.upload(viewer, listId, { fileName: basename(file), content });
  const prepared = await imports.prepare(viewer, listId, { fileId, options }).catch(async (error) => {
    await imports.discard(listId, fileId);
    throw error;
  });
  const unfinished = await imports.findUnfinished(db.reader, prepared);
  if (unfinished) {
    await imports.discard(listId, fileId); // the first try brought the same file
    say(`going on behind row ${unfinished.rows} of an import that was cut off`);
  }
  const { id } =
    unfinished ?? (await db.transact((tx) => imports.start(tx, viewer, { prepared, queued: false })));
  return imports.run(id, { signal: new AbortController().signal, progressed: teller(say) });
}

function teller(say: (text: string) => void): (state: ListImport) => void {
  let told = 0;
  return ({ rows, rowsTotal }) => {
    if (rows - told < TELL_EVERY) return;
    told = rows;
    say(`${rows} rows${rowsTotal === null ? '' : ` of about ${rowsTotal}`}`);
  };
}

function answer(result: ImportResult, { folder, begun }: { folder: string; begun: number }): CommandResult {
  if (result.state !== 'done') {
    const code = result.errorCode ?? 'import_failed';
    throw new DomainError(
      'invalid',
      code,
      `The file could not be read to its end: ${code}; nothing was loaded`,
    );
  }
  const { id, listId, rows, accepted, duplicates, doNotCall, rejected, rejectsKey } = result;
  const rejectsFile = rejectsKey === null ? null : join(folder, ...rejectsKey.split('/'));
  const wallSeconds = Math.round((performance.now() - begun) / 100) / 10;
  const counts = { rows, accepted, duplicates, doNotCall, rejected };
  const parts = Object.entries(counts).map(([name, n]) => `${name} ${n}`);
  const more = rejectsFile === null ? '' : `\nrejected rows: ${rejectsFile}`;
  return {
    data: { ...counts, rejectsFile, wallSeconds, importId: id, listId },
    text: `${parts.join(', ')} in ${wallSeconds} s${more}`,
  };
}
