const MAX_LENGTH = 64;

/** Names that mean something to the language; a script's data must not carry them. */
const RESERVED = new Set(['constructor', 'prototype', 'this', 'true', 'false', 'null', 'undefined']);

/**
 * Makes a header into a name that a call script can use: letters of any script, digits and underscores, in
 * lower case, not beginning with a digit or underscore.
 * @param taken names that other columns have; a number is put behind to differ
 * @param column place of the column from 0, for headers that leave nothing
 */
export function safeVariableName(
  header: string,
  taken: ReadonlySet<string> = new Set(),
  column?: number,
): string {
  const words = header
    .normalize('NFKC')
    .toLowerCase()
    .replace(/[^\p{L}\p{N}]+/gu, '_')
    .replace(/^_+|_+$/g, '');
  let base = Array.from(words).slice(0, MAX_LENGTH).join('');
  if (base === '') base = `column_${(column ?? 0) + 1}`;
  if (/^\p{N}/u.test(base) || RESERVED.has(base)) base = `v_${base}`;
  let name = base;
  for (let count = 2; taken.has(name); count++) name = `${base}_${count}`;
  return name;
}
