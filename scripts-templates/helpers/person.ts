import { readPath, scalarText } from '../context.ts';
import type { Locale } from '../document.ts';
import { missingText } from '../fallbacks.ts';
import { maskNumber } from '../mask.ts';
import { type NameParts, splitName } from '../names.ts';
import { lookUp } from '../text.ts';
import type { HelperCall, InlineHelper, RenderScope } from './helper.ts';

type Gender = 'male' | 'female';

const GENDERS: Readonly<Record<string, Gender>> = {
  male: 'male',
  m: 'male',
  男: 'male',
  先生: 'male',
  mr: 'male',
  female: 'female',
  f: 'female',
  女: 'female',
  女士: 'female',
  小姐: 'female',
  太太: 'female',
  ms: 'female',
  mrs: 'female',
  miss: 'female',
};

const COURTESY: Readonly<Record<Locale, Readonly<Record<Gender, string>>>> = {
  'zh-CN': { male: '先生', female: '女士' },
  en: { male: 'Mr', female: 'Ms' },
};

/** Titles that outrank the courtesy word, by how lists write them. */
const TITLES: Readonly<Record<Locale, Readonly<Record<string, string>>>> = {
  'zh-CN': { dr: '博士', prof: '教授' },
  en: { dr: 'Dr', prof: 'Prof', mrs: 'Mrs', miss: 'Miss', 博士: 'Dr', 医生: 'Dr', 教授: 'Prof' },
};

/**
 * How to address the customer: 王先生, 欧阳女士, 李总, Mr Smith, Dr Jones. With gender and title unknown, the whole
 * name; with no name, `fallback="…"` or the language's polite word. Never empty.
 */
const salutation: InlineHelper = {
  min: 0,
  max: 0,
  hash: ['fallback'],
  run: ({ scope, hash }) =>
    addressOf(scope) ?? scalarText(hash.fallback) ?? missingText('customer.name', scope.locale),
};

const agentName: InlineHelper = {
  min: 0,
  max: 0,
  run: ({ scope }) => rootText(scope, 'agent.name') ?? missingText('agent.name', scope.locale),
};

const agentNumber: InlineHelper = {
  min: 0,
  max: 0,
  run: ({ scope }) => rootText(scope, 'agent.number'),
};

/** Hides the middle of the number in a list's own column. */
const maskNumberHelper: InlineHelper = {
  min: 1,
  max: 1,
  run({ args }: HelperCall) {
    const text = scalarText(args[0]);
    return text && maskNumber(text);
  },
};

export const PERSON_HELPERS = { salutation, agentName, agentNumber, maskNumber: maskNumberHelper } as const;

function addressOf(scope: RenderScope): string | undefined {
  const name = rootText(scope, 'customer.name');
  const parts: NameParts | undefined = name ? splitName(name) : undefined;
  const surname = rootText(scope, 'customer.surname') ?? parts?.surname;
  const title = surname && titleOf(scope, parts);
  if (!surname || !title) return name ?? undefined;
  return scope.locale === 'zh-CN' ? surname + title : `${title} ${surname}`;
}

function titleOf(scope: RenderScope, parts: NameParts | undefined): string | undefined {
  const written = rootText(scope, 'customer.title') ?? parts?.honorific;
  const key = normal(written);
  const ranked = lookUp(TITLES[scope.locale], key);
  if (ranked) return ranked;
  const gender = lookUp(GENDERS, normal(rootText(scope, 'customer.gender'))) ?? lookUp(GENDERS, key);
  const courtesy = gender && COURTESY[scope.locale][gender];
  // A Chinese script keeps a Chinese title such as 总 or 经理 as the customer's list has it.
  const chinese =
    scope.locale === 'zh-CN' && written && /^\p{Script=Han}{1,4}$/u.test(written) ? written : undefined;
  return (chinese && lookUp(GENDERS, chinese) === undefined ? chinese : courtesy) ?? undefined;
}

function normal(text: string | undefined): string {
  return (text ?? '').toLowerCase().replace(/\.$/, '');
}

function rootText(scope: RenderScope, path: string): string | undefined {
  return scalarText(readPath(scope.root, path.split('.')));
}
