import type { Field, PhoneUse } from './fields.ts';

/** The two columns that our own rejects files end with; they are passed over when such a file is loaded again. */
export const REJECT_HEADERS = ['line', 'reason'] as const;

/** Words for columns, in simplified and traditional Chinese and in English, compared by `headerKey`. */
const FIELD_WORDS: Readonly<Record<Field, string>> = {
  name: 'name|full name|customer|customer name|client name|contact|contact name|contact person|lead name|姓名|名字|名称|客户|客户姓名|客户名称|客户名|联系人|联系人姓名|称呼|用户姓名|會員姓名|客戶|客戶姓名|客戶名稱|聯絡人|聯繫人',
  surname: 'surname|last name|family name|lname|last|姓|姓氏',
  givenName: 'given name|first name|forename|fname|first|christian name',
  title: 'title|salutation|honorific|尊称|头衔|稱謂|称谓',
  gender: 'gender|sex|性别|性別',
  company:
    'company|company name|organisation|organization|employer|business|business name|account|account name|公司|公司名称|公司名|企业|企业名称|单位|单位名称|工作单位|公司名稱|單位|企業名稱',
  jobTitle: 'job title|job|position|role|occupation|职位|职务|职业|岗位|職位|職務|職業',
  email: 'email|e mail|email address|mail|电子邮件|电子邮箱|邮箱|邮件|電子郵件|信箱|電郵',
  address:
    'address|street|street address|address 1|address line 1|mailing address|home address|地址|联系地址|通讯地址|详细地址|家庭住址|住址|聯絡地址|通訊地址',
  city: 'city|town|city name|城市|市|所在城市|地市|所在地',
  region: 'region|state|province|state province|county|省|省份|所在省份|省市|州|地区|區域|地區',
  postalCode:
    'zip|zip code|zipcode|postal code|postcode|post code|postal|邮编|邮政编码|郵編|郵遞區號|郵政編碼',
  country: 'country|country code|nation|国家|国籍|國家|國籍',
  zone: 'time zone|timezone|tz|zone|时区|時區',
  locale: 'locale|language|lang|preferred language|语言|語言',
  birthDate: 'birth date|birthdate|date of birth|dob|birthday|出生日期|生日|出生年月|出生年月日',
  externalId:
    'external id|externalid|id|customer id|customer number|customer no|account number|account no|crm id|lead id|record id|reference|ref|编号|客户编号|客户号|会员号|会员编号|客户id|工号|序列号|編號|客戶編號|會員編號',
  priority: 'priority|优先级|优先|级别|優先級',
  consent: 'consent|opt in|optin|permission|同意|是否同意|授权|是否授权|授權',
  consentSource: 'consent source|opt in source|授权来源|同意来源',
  consentDate: 'consent date|opt in date|consent at|同意日期|授权日期|授权时间|授權日期',
  note: 'note|notes|comment|comments|remark|remarks|memo|备注|说明|附注|備註|說明',
};

const PHONE_WORDS: Readonly<Record<PhoneUse, string>> = {
  mobile:
    'mobile|mobile phone|mobile number|mobile no|cell|cell phone|cellphone|cell number|手机|手机号|手机号码|移动电话|联系手机|手機|手機號|手機號碼|行動電話',
  home: 'home phone|home|home number|home tel|landline|家庭电话|住宅电话|宅电|固话|固定电话|座机|座机号码|市話|家用電話|固定電話|座機',
  work: 'work phone|work|work number|office|office phone|business phone|company phone|office number|办公电话|公司电话|单位电话|工作电话|辦公電話|公司電話',
  fax: 'fax|fax number|传真|傳真',
  unknown:
    'phone|phone number|phone no|telephone|telephone number|tel|tel no|number|contact number|contact no|msisdn|dial|primary phone|main phone|alternate phone|alt phone|other phone|secondary phone|电话|电话号码|联系电话|联系方式|号码|客户电话|备用电话|其他电话|主叫|被叫号码|電話|電話號碼|聯絡電話|聯繫電話|號碼|備用電話',
};

/** What a header's words mean; `number` is the one it ends with (`phone 2`, `电话2`), 0 without. */
export type HeaderMeaning = { is: 'field'; field: Field } | { is: 'phone'; use: PhoneUse; number: number };

const MEANINGS: ReadonlyMap<string, HeaderMeaning> = new Map([
  ...words(FIELD_WORDS).map(([key, field]): [string, HeaderMeaning] => [key, { is: 'field', field }]),
  ...words(PHONE_WORDS).map(([key, use]): [string, HeaderMeaning] => [key, { is: 'phone', use, number: 0 }]),
]);

/** Finds what a header says its column holds; nothing for words that are not known. */
export function headerMeaning(header: string): HeaderMeaning | undefined {
  const key = headerKey(header);
  const exact = MEANINGS.get(key);
  if (exact !== undefined) return exact;
  const numbered = /^(.*?)(\d{1,2}|[一二三四五六七八九十])$/.exec(key);
  const meaning = MEANINGS.get(numbered?.[1] ?? '');
  if (meaning?.is !== 'phone') return undefined;
  return { ...meaning, number: toNumber(numbered?.[2] ?? '') };
}

export function isKnownHeader(header: string): boolean {
  return header.trim() !== '' && headerMeaning(header) !== undefined;
}

/** A header without case, width, punctuation, and what is in brackets behind it. */
function headerKey(header: string): string {
  return header
    .normalize('NFKC')
    .replace(/([a-z])([A-Z])/g, '$1 $2')
    .toLowerCase()
    .replace(/\([^)]*\)$/, '')
    .replace(/[^\p{L}\p{N}]+/gu, '');
}

function words<Meaning extends string>(table: Readonly<Record<Meaning, string>>): [string, Meaning][] {
  return (Object.entries(table) as [Meaning, string][]).flatMap(([meaning, list]) =>
    list.split('|').map((word): [string, Meaning] => [headerKey(word), meaning]),
  );
}

function toNumber(text: string): number {
  const chinese = '一二三四五六七八九十'.indexOf(text);
  return chinese >= 0 ? chinese + 1 : Number(text);
}
