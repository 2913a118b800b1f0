import { replayNumber } from '../../dialer/core/replay-numbers.ts';
import { forkRandom, type Random } from '../../platform/random/index.ts';
import type { DemoCampaign } from './demo-campaigns.ts';

/** Names that are common and nobody's in particular. */
const CHINESE_SURNAMES = '王李张刘陈杨黄赵吴周徐孙马朱胡郭何高林罗'.split('');
const CHINESE_GIVEN = [
  '伟',
  '芳',
  '娜',
  '敏',
  '静',
  '丽',
  '强',
  '磊',
  '军',
  '洋',
  '勇',
  '艳',
  '杰',
  '涛',
  '明',
  '超',
  '秀英',
  '建国',
  '海燕',
  '志强',
  '晓东',
  '雪梅',
];
const ENGLISH_SURNAMES = [
  'Smith',
  'Jones',
  'Taylor',
  'Brown',
  'Evans',
  'Walker',
  'Hall',
  'Green',
  'Wood',
  'Clarke',
  'Hughes',
  'Ward',
];
const ENGLISH_GIVEN = [
  'Oliver',
  'Amelia',
  'George',
  'Isla',
  'Harry',
  'Ava',
  'Jack',
  'Emily',
  'Noah',
  'Sophie',
  'Leo',
  'Grace',
];

/**
 * A lead list as a marketer would have it, as CSV. The same arguments give the same list.
 * @param first index of the first number: lists of different campaigns do not share numbers
 */
export function demoLeadList(
  campaign: DemoCampaign,
  { seed, first }: { seed: string; first: number },
): string {
  const random = forkRandom(seed, campaign.script);
  const rows = Array.from({ length: campaign.leads }, (_, index) =>
    campaign.locale === 'zh-CN' ? chineseRow(random, first + index) : englishRow(random, first + index),
  );
  const header =
    campaign.locale === 'zh-CN'
      ? '姓名,性别,电话,同意,城市,套餐,到期日'
      : 'name,gender,phone,consent,city,plan,balance';
  return `${[header, ...rows].join('\n')}\n`;
}

function chineseRow(random: Random, index: number): string {
  const name = pick(CHINESE_SURNAMES, random) + pick(CHINESE_GIVEN, random);
  const gender = pick(['男', '女'], random);
  const city = pick(['北京', '上海', '广州', '成都', '武汉', '西安'], random);
  const plan = pick(['100M', '300M', '500M'], random);
  const day = 1 + Math.floor(random.next() * 31);
  return `${name},${gender},${replayNumber(index)},是,${city},${plan},2026-12-${String(day).padStart(2, '0')}`;
}

function englishRow(random: Random, index: number): string {
  const name = `${pick(ENGLISH_GIVEN, random)} ${pick(ENGLISH_SURNAMES, random)}`;
  const gender = pick(['male', 'female'], random);
  const city = pick(['London', 'Leeds', 'Bristol', 'Cardiff', 'Glasgow'], random);
  const balance = 1_000 + Math.floor(random.next() * 40) * 500;
  return `${name},${gender},${replayNumber(index)},yes,${city},Saver,${balance}`;
}

function pick<T>(items: readonly T[], random: Random): T {
  const item = items[Math.floor(random.next() * items.length)];
  if (item === undefined) throw new Error('Nothing to pick from');
  return item;
}
