import type { Locale } from './document.ts';
import { lookUp } from './text.ts';

/** What is said where a value is missing: words that read well in a sentence. */
const SPOKEN: Readonly<Record<string, Readonly<Record<Locale, string>>>> = {
  'customer.name': { 'zh-CN': '尊敬的客户', en: 'valued customer' },
  'customer.surname': { 'zh-CN': '尊敬的客户', en: 'valued customer' },
  'customer.givenName': { 'zh-CN': '尊敬的客户', en: 'valued customer' },
  'customer.company': { 'zh-CN': '贵公司', en: 'your company' },
  'customer.city': { 'zh-CN': '您所在的城市', en: 'your area' },
  'customer.products.name': { 'zh-CN': '您的产品', en: 'your product' },
  number: { 'zh-CN': '您的号码', en: 'your number' },
  'agent.name': { 'zh-CN': '您的客服专员', en: 'your adviser' },
  'campaign.name': { 'zh-CN': '本次活动', en: 'this offer' },
  'campaign.organisation': { 'zh-CN': '我们公司', en: 'our company' },
};

/** What a field is called in a bracketed note, where its path would not tell an agent. */
const LABELS: Readonly<Record<string, Readonly<Record<Locale, string>>>> = {
  'customer.title': { 'zh-CN': '称谓', en: 'title' },
  'customer.gender': { 'zh-CN': '性别', en: 'gender' },
  'customer.segment': { 'zh-CN': '客户类别', en: 'segment' },
  'customer.products.price': { 'zh-CN': '价格', en: 'price' },
  'customer.products.endsOn': { 'zh-CN': '到期日', en: 'end date' },
  'customer.products.note': { 'zh-CN': '备注', en: 'note' },
  'agent.number': { 'zh-CN': '工号', en: 'agent number' },
};

/**
 * The words for a missing field. A field no words fit (a list's own column, a price) gives a bracketed note that the
 * agent sees and does not read out; the linter asks authors to write their own fallback for those.
 */
export function missingText(path: string, locale: Locale): string {
  const spoken = lookUp(SPOKEN, path)?.[locale];
  if (spoken !== undefined) return spoken;
  const label = lookUp(LABELS, path)?.[locale] ?? path.replace(/^vars\./, '');
  return locale === 'zh-CN' ? `［${label}：暂无］` : `[${label}: not on file]`;
}
