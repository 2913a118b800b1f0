import { readdir, readFile } from 'node:fs/promises';
import { join, posix, relative, sep } from 'node:path';

/** One import of a file: a path from the root for our own, the specifier for others (`node:fs`, `knex`). */
export interface Import {
  target: string;
  own: boolean;
  typeOnly: boolean;
  /** Names as this file knows them; empty for a side effect or a namespace. */
  names: string[];
}

export interface SourceFile {
  /** From the root, with `/`. */
  path: string;
  /** Without comments. */
  code: string;
  imports: Import[];
}

const NOT_OURS = new Set(['node_modules', 'dist', 'data', '.git', 'coverage', 'samples']);
const STRING_OR_COMMENT =
  /("(?:\\.|[^"\\\n])*"|'(?:\\.|[^'\\\n])*'|`(?:\\.|[^`\\])*`)|\/\*[\s\S]*?\*\/|\/\/[^\n]*/g;
const IMPORT =
  /\b(?:import|export)\s+(type\s+)?([^'";]*?)\s*\bfrom\s*['"]([^'"]+)['"]|\bimport\s*\(?\s*['"]([^'"]+)['"]/g;

/** Every TypeScript file below the root. */
export async function readSourceTree(root: string): Promise<SourceFile[]> {
  const paths = await findSources(root);
  return Promise.all(
    paths.map(async (path) =>
      parseSource(relative(root, path).split(sep).join('/'), await readFile(path, 'utf8')),
    ),
  );
}

async function findSources(folder: string): Promise<string[]> {
  const entries = await readdir(folder, { withFileTypes: true });
  const nested = entries.map(async (entry) => {
    const path = join(folder, entry.name);
    if (entry.isDirectory()) return NOT_OURS.has(entry.name) ? [] : findSources(path);
    return /\.tsx?$/.test(entry.name) ? [path] : [];
  });
  return (await Promise.all(nested)).flat().sort();
}

/** A file as the rules see it. */
export function parseSource(path: string, text: string): SourceFile {
  const code = text.replace(STRING_OR_COMMENT, (_, string: string | undefined) => string ?? ' ');
  const imports = [...code.matchAll(IMPORT)].map((match) => {
    const [, type, clause = '', from, bare] = match;
    const specifier = from ?? bare ?? '';
    const own = specifier.startsWith('.');
    return {
      target: own ? posix.join(posix.dirname(path), specifier) : specifier,
      own,
      typeOnly: type !== undefined || onlyTypes(clause),
      names: importedNames(clause),
    };
  });
  return { path, code, imports };
}

/** `{ type A, type B }` brings no code either. */
function onlyTypes(clause: string): boolean {
  const inner = /^\{([\s\S]*)\}$/.exec(clause.trim())?.[1];
  const parts = inner?.split(',').filter((part) => part.trim() !== '') ?? [];
  return parts.length > 0 && parts.every((part) => /^\s*type\s/.test(part));
}

function importedNames(clause: string): string[] {
  const inner = /\{([\s\S]*)\}/.exec(clause)?.[1] ?? '';
  const parts = inner.split(',').map((part) => part.trim());
  return parts.flatMap((part) =>
    part === '' || part.startsWith('type ') ? [] : [part.split(/\s+as\s+/).at(-1) ?? part],
  );
}
