/** Taking names apart, in Chinese and in Latin letters. Pure text: nothing here knows a language setting. */

/**
 * Compound Chinese surnames: those listed in the 百家姓 (Hundred Family Surnames, Song dynasty) and in use today,
 * with the traditional forms of the common ones.
 */
const COMPOUND_SURNAMES: ReadonlySet<string> = new Set(
  (
    '欧阳 太史 端木 上官 司马 东方 独孤 南宫 万俟 闻人 夏侯 诸葛 尉迟 公羊 赫连 澹台 皇甫 宗政 濮阳 公冶 太叔 申屠 ' +
    '公孙 慕容 仲孙 钟离 长孙 宇文 司徒 鲜于 司空 闾丘 子车 亓官 司寇 巫马 公西 颛孙 壤驷 公良 漆雕 乐正 宰父 谷梁 ' +
    '拓跋 夹谷 轩辕 令狐 段干 百里 呼延 东郭 南门 羊舌 微生 梁丘 左丘 东门 西门 第五 ' +
    '歐陽 東方 獨孤 南宮 萬俟 聞人 諸葛 尉遲 赫連 澹臺 濮陽 公孫 鍾離 長孫 鮮于 司馬 軒轅'
  ).split(' '),
);

/** What lists hold behind a name instead of a given name: 王先生, 李女士, 张总, 刘经理. */
const ZH_HONORIFIC = /(先生|女士|小姐|太太|老师|经理|主任|医生|总)$/;
const LATIN_HONORIFIC = /^(mr|mrs|ms|miss|dr|prof)\.?\s+/i;
const LATIN_SUFFIX = /[\s,]+(jr|sr|ii|iii|iv)\.?$/i;
const HAN_ONLY = /^\p{Script=Han}+$/u;
/** Lower-case particles that belong to the surname: "van der Berg", "de la Cruz". */
const LATIN_PARTICLES: ReadonlySet<string> = new Set([
  'van',
  'von',
  'der',
  'den',
  'de',
  'la',
  'da',
  'dos',
  'di',
  'bin',
  'al',
]);

export interface NameParts {
  /** Everything but an honorific. */
  full: string;
  surname?: string;
  /** The honorific the name was written with, as written: 先生, 总, Mr, Dr. */
  honorific?: string;
}

/** Splits a whole name. Without a surname when none can be told: single words, 阿卜杜拉·买买提, firms. */
export function splitName(name: string): NameParts {
  const trimmed = name.trim();
  return /\p{Script=Han}/u.test(trimmed) ? splitHan(trimmed) : splitLatin(trimmed);
}

/** Whether it is written wholly in Chinese characters. */
export function isHan(text: string): boolean {
  return HAN_ONLY.test(text);
}

function splitHan(name: string): NameParts {
  const compact = name.replace(/\s+/g, '');
  const honorific = ZH_HONORIFIC.exec(compact)?.[1];
  const full = honorific ? compact.slice(0, -honorific.length) : compact;
  if (!full) return { full: compact };
  const surname = hanSurname(full, honorific !== undefined);
  return { full, ...(surname && { surname }), ...(honorific && { honorific }) };
}

function hanSurname(full: string, aloneIsSurname: boolean): string | undefined {
  const letters = Array.from(full);
  // Longer than two plus two, or with a dot or foreign letters: a firm, or a name with another structure.
  if (!isHan(full) || letters.length > 4) return undefined;
  const firstTwo = letters.slice(0, 2).join('');
  if (COMPOUND_SURNAMES.has(firstTwo)) return firstTwo;
  if (letters.length === 1) return aloneIsSurname ? full : undefined;
  return letters[0];
}

function splitLatin(name: string): NameParts {
  const honorific = LATIN_HONORIFIC.exec(name)?.[1];
  const full = name.replace(LATIN_HONORIFIC, '').replace(LATIN_SUFFIX, '').trim();
  if (!full) return { full: name };
  const surname = latinSurname(full, honorific !== undefined);
  return { full: unreverse(full), ...(surname && { surname }), ...(honorific && { honorific }) };
}

function latinSurname(full: string, aloneIsSurname: boolean): string | undefined {
  const comma = full.indexOf(',');
  if (comma > 0) return full.slice(0, comma).trim();
  const words = full.split(/\s+/);
  if (words.length === 1) return aloneIsSurname ? full : undefined;
  let from = words.length - 1;
  while (from > 1 && LATIN_PARTICLES.has(words[from - 1] ?? '')) from--;
  return words.slice(from).join(' ');
}

/** "Smith, John" → "John Smith". */
function unreverse(full: string): string {
  const [surname = '', ...given] = full.split(',').map((part) => part.trim());
  return given.length === 1 && given[0] ? `${given[0]} ${surname}` : full;
}
