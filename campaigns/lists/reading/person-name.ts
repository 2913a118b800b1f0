import type { Field } from './fields.ts';

/**
 * The name to show for a person: the list's own, or one put together from its parts, family name first and
 * without a blank where it is written in Chinese, Japanese or Korean.
 */
export function personName(fields: Readonly<Partial<Record<Field, string>>>): string | undefined {
  const { name, surname, givenName } = fields;
  if (name !== undefined) return name;
  if (surname === undefined || givenName === undefined) return surname ?? givenName;
  const isEastAsian = /[\p{Script=Han}\p{Script=Hangul}\p{Script=Hiragana}\p{Script=Katakana}]/u.test(
    surname,
  );
  return isEastAsian ? surname + givenName : `${givenName} ${surname}`;
}
