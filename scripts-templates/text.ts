// Control, line-break and bidirectional-override characters: a value is one line that cannot rearrange the page.
const UNPRINTABLE = /[\p{Cc}\p{Zl}\p{Zp}\p{Bidi_Control}\ufeff]+/gu;

/** Makes one printable line of `value`, at most `max` code units, without a broken character at the cut. */
export function oneLine(value: string, max: number): string {
  // Cut before cleaning too: a value of megabytes costs nothing.
  return cut(
    cut(value, max * 4)
      .replace(UNPRINTABLE, ' ')
      .trim(),
    max,
  );
}

/** The first `max` code units, less half a surrogate pair. */
export function cut(value: string, max: number): string {
  return value.length <= max ? value : value.slice(0, max).replace(/[\uD800-\uDBFF]$/, '');
}

/** The table's own entry for `key`, never something inherited. */
export function lookUp<Value>(table: Readonly<Record<string, Value>>, key: string): Value | undefined {
  return Object.hasOwn(table, key) ? table[key] : undefined;
}
