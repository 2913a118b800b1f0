import type { DispositionInput } from './dispositions-schema.ts';

const COOL_DOWN_DAYS = 180;
const refused = { action: 'close', result: 'refused', coolDownDays: COOL_DOWN_DAYS } as const;
const day = 24 * 60;

/** The set a new campaign begins with; its own from then on. The reasons of a refusal are the handbooks'. */
export const defaultDispositions: readonly DispositionInput[] = [
  {
    code: 'sale',
    category: 'sale',
    label: { en: 'Sale', zh: '成交' },
    rightPerson: true,
    rule: { action: 'close', result: 'sold' },
  },
  {
    code: 'refusal',
    category: 'refusal',
    label: { en: 'Refusal', zh: '拒绝' },
    rightPerson: true,
    rule: refused,
    reasons: [
      refusal('refusalPrice', { en: 'Too expensive', zh: '价格太高' }),
      refusal('refusalNoNeed', { en: 'No need', zh: '不需要' }),
      refusal('refusalHasOne', { en: 'Has one already', zh: '已有同类产品' }),
      refusal('refusalNoTime', { en: 'No time', zh: '没有时间' }),
      refusal('refusalNoTrust', { en: 'Does not trust it', zh: '不信任' }),
    ],
  },
  {
    code: 'callback',
    category: 'callback',
    label: { en: 'Call back at a time', zh: '预约回拨' },
    rightPerson: true,
    needsCallbackTime: true,
    rule: { action: 'callback' },
  },
  {
    code: 'undecided',
    category: 'undecided',
    label: { en: 'Undecided', zh: '考虑中' },
    rightPerson: true,
    rule: { action: 'retry', afterMinutes: 3 * day },
    reasons: [
      {
        code: 'undecidedThinking',
        category: 'undecided',
        label: { en: 'Wants to think about it', zh: '需要考虑' },
        rightPerson: true,
        rule: { action: 'retry', afterMinutes: 3 * day },
      },
      {
        code: 'undecidedSendMaterial',
        category: 'undecided',
        label: { en: 'Asked for information first', zh: '先发资料' },
        rightPerson: true,
        needsNote: true,
        rule: { action: 'retry', afterMinutes: 2 * day },
      },
    ],
  },
  {
    code: 'notAvailable',
    category: 'noContact',
    label: { en: 'Wanted person not there', zh: '本人不在' },
    rule: { action: 'retry', afterMinutes: 4 * 60 },
  },
  {
    code: 'cutOff',
    category: 'noContact',
    label: { en: 'Cut off, or could not hear', zh: '中途断线或听不清' },
    rule: { action: 'retry', afterMinutes: 30 },
  },
  {
    code: 'wrongPerson',
    category: 'wrongPerson',
    label: { en: 'Wrong person or number', zh: '非本人/错号' },
    rule: { action: 'wrongNumber' },
  },
  {
    code: 'doNotCall',
    category: 'doNotCall',
    label: { en: 'Do not call again', zh: '要求不再致电' },
    rule: { action: 'doNotCall' },
  },
  {
    code: 'machine',
    category: 'machine',
    label: { en: 'Machine or voicemail', zh: '语音信箱/机器应答' },
    rule: { action: 'retry', afterMinutes: 4 * 60, number: 'next' },
  },
];

function refusal(code: string, label: { en: string; zh: string }) {
  return { code, category: 'refusal' as const, label, rightPerson: true, rule: refused };
}
