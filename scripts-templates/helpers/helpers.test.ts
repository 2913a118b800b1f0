import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import type { ScriptContext } from '../context.ts';
import type { Locale } from '../document.ts';
import type { Moment } from '../moment.ts';
import { createScriptRenderer } from '../render.ts';
import { createScriptVersion } from '../version.ts';

const renderer = createScriptRenderer();
const NOON: Moment = { now: Date.UTC(2026, 4, 20, 4, 5), timeZone: 'Asia/Shanghai' };

function say(
  body: string,
  {
    locale = 'en' as Locale,
    moment = NOON,
    ...context
  }: ScriptContext & { locale?: Locale; moment?: Moment },
) {
  const steps = [{ id: 'a', title: 'A', kind: 'thank', body, branches: [] }];
  const [step] = renderer.render(createScriptVersion({ locale, start: 'a', steps }), context, moment).steps;
  return step?.paragraphs.flatMap(({ lines }) => lines).join('\n');
}

describe('salutation', () => {
  type Customer = NonNullable<ScriptContext['customer']>;
  const cases: [locale: Locale, customer: Customer, said: string][] = [
    ['zh-CN', { name: '王小明', gender: 'male' }, '王先生'],
    ['zh-CN', { name: '王小明', gender: '女' }, '王女士'],
    ['zh-CN', { name: '欧阳娜娜', gender: 'F' }, '欧阳女士'],
    ['zh-CN', { surname: '诸葛', gender: 'M' }, '诸葛先生'],
    ['zh-CN', { surname: '王', givenName: '小明' }, '王小明'],
    ['zh-CN', { name: '王小明' }, '王小明'],
    ['zh-CN', { name: '王小明', gender: 'x' }, '王小明'],
    ['zh-CN', { name: '王小明', gender: 'constructor' }, '王小明'],
    ['zh-CN', { name: '李总' }, '李总'],
    ['zh-CN', { name: '王先生' }, '王先生'],
    ['zh-CN', { name: '李娜', title: '经理', gender: 'female' }, '李经理'],
    ['zh-CN', { name: '李娜', title: 'Mrs' }, '李女士'],
    ['zh-CN', { name: '李娜', title: 'Dr', gender: 'female' }, '李博士'],
    ['zh-CN', { name: 'John Smith', gender: 'male' }, 'Smith先生'],
    ['zh-CN', { name: '阿卜杜拉·买买提', gender: 'male' }, '阿卜杜拉·买买提'],
    ['zh-CN', { gender: 'male' }, '尊敬的客户'],
    ['zh-CN', {}, '尊敬的客户'],
    ['en', { name: 'John Smith', gender: 'male' }, 'Mr Smith'],
    ['en', { name: 'Smith, Ann', gender: 'female' }, 'Ms Smith'],
    ['en', { name: 'Ann Smith', title: 'Mrs', gender: 'female' }, 'Mrs Smith'],
    ['en', { name: 'Ann Smith', title: 'Dr.' }, 'Dr Smith'],
    ['en', { name: 'Dr Ann Smith' }, 'Dr Smith'],
    ['en', { name: 'Mr Smith' }, 'Mr Smith'],
    ['en', { name: 'Ann Smith', title: 'Manager' }, 'Ann Smith'],
    ['en', { name: 'Ann Smith' }, 'Ann Smith'],
    ['en', { name: '王先生' }, 'Mr 王'],
    ['en', { name: 'Madonna', gender: 'female' }, 'Madonna'],
    ['en', {}, 'valued customer'],
  ];
  for (const [locale, customer, said] of cases) {
    it(`calls ${JSON.stringify(customer)} ${said} in ${locale}`, () => {
      assert.equal(say('{{salutation}}', { locale, customer }), said);
    });
  }

  it('takes the fallback of the author when there is no name', () => {
    assert.equal(say('{{salutation fallback="the account holder"}}', {}), 'the account holder');
  });
});

describe('greeting', () => {
  const at = (hour: number, minute = 0) => Date.UTC(2026, 4, 19, 16 + hour, minute);
  const cases: [hour: number, minute: number, chinese: string, english: string][] = [
    [0, 0, '晚上好', 'Good evening'],
    [4, 59, '晚上好', 'Good evening'],
    [5, 0, '早上好', 'Good morning'],
    [8, 59, '早上好', 'Good morning'],
    [9, 0, '上午好', 'Good morning'],
    [11, 59, '上午好', 'Good morning'],
    [12, 0, '下午好', 'Good afternoon'],
    [17, 59, '下午好', 'Good afternoon'],
    [18, 0, '晚上好', 'Good evening'],
    [23, 59, '晚上好', 'Good evening'],
  ];
  for (const [hour, minute, chinese, english] of cases) {
    it(`is ${chinese} and ${english} at ${hour}:${String(minute).padStart(2, '0')}`, () => {
      const moment = { now: at(hour, minute), timeZone: 'Asia/Shanghai' };
      assert.equal(say('{{greeting}}', { locale: 'zh-CN', moment }), chinese);
      assert.equal(say('{{greeting}}', { locale: 'en', moment }), english);
    });
  }

  it("goes by the customer's clock, summer time included", () => {
    const summer = Date.UTC(2026, 6, 1, 15, 30);
    const winter = Date.UTC(2026, 0, 1, 15, 30);
    const greet = (now: number) => say('{{greeting}}', { moment: { now, timeZone: 'America/Chicago' } });
    assert.equal(greet(summer), 'Good morning');
    assert.equal(greet(winter), 'Good morning');
    assert.equal(greet(Date.UTC(2026, 6, 1, 17, 30)), 'Good afternoon');
    assert.equal(greet(Date.UTC(2026, 0, 1, 17, 30)), 'Good morning');
  });

  it('leaves the time of day out when the zone or the instant is unknown', () => {
    for (const moment of [
      { now: 0 },
      { now: 0, timeZone: 'Mars/Olympus' },
      { now: Number.NaN, timeZone: 'UTC' },
    ]) {
      assert.equal(say('{{greeting}}', { moment }), 'Hello');
      assert.equal(say('{{greeting}}', { locale: 'zh-CN', moment }), '您好');
    }
  });

  it("adds a holiday's wish", () => {
    const moment = { ...NOON, holidayGreeting: '新年快乐' };
    assert.equal(say('{{greeting}}！', { locale: 'zh-CN', moment }), '下午好，新年快乐！');
  });
});

describe('date and time', () => {
  const cases: [template: string, vars: Record<string, unknown>, chinese: string, english: string][] = [
    ['{{date vars.d}}', { d: '2026-05-01' }, '2026年5月1日', 'May 1, 2026'],
    ['{{date vars.d}}', { d: '2026/5/1' }, '2026年5月1日', 'May 1, 2026'],
    ['{{date vars.d}}', { d: '2026年5月1日' }, '2026年5月1日', 'May 1, 2026'],
    ['{{date vars.d}}', { d: '2026-05-01T20:00:00Z' }, '2026年5月2日', 'May 2, 2026'],
    ['{{date vars.d}}', { d: '2026-02-30' }, '2026-02-30', '2026-02-30'],
    ['{{date vars.d}}', { d: '下月底' }, '下月底', '下月底'],
    ['{{date now style="full"}}', {}, '2026年5月20日星期三', 'Wednesday, May 20, 2026'],
    ['{{date now style="bold"}}', {}, '2026年5月20日', 'May 20, 2026'],
    ['{{date now}}', {}, '2026年5月20日', 'May 20, 2026'],
    ['{{time now}}', {}, '12:05', '12:05 PM'],
    ['{{time vars.t}}', { t: '20:30' }, '20:30', '20:30'],
    ['{{date vars.d}}', { d: 9e15 }, '9000000000000000', '9000000000000000'],
  ];
  for (const [template, vars, chinese, english] of cases) {
    it(`say ${chinese} and ${english} for ${template} of ${JSON.stringify(vars)}`, () => {
      assert.equal(say(template, { locale: 'zh-CN', vars }), chinese);
      // Intl puts a narrow no-break space before AM and PM.
      assert.equal(say(template, { vars })?.replace(/\u202f/g, ' '), english);
    });
  }

  it('say nothing false of an instant when the zone is unknown', () => {
    assert.equal(
      say('{{fallback (time now) "-"}} {{fallback (time vars.x) "-"}}', { moment: { now: 0 } }),
      '- -',
    );
  });
});

describe('money', () => {
  const cases: [template: string, vars: Record<string, unknown>, said: string][] = [
    ['{{money vars.m "CNY"}}', { m: 12950 }, 'CN¥129.50'],
    ['{{money vars.m "CNY"}}', { m: '12,900' }, 'CN¥129'],
    ['{{money vars.m "JPY"}}', { m: 500 }, '¥500'],
    ['{{money vars.m "KWD"}}', { m: 1234 }, 'KWD 1.234'],
    ['{{money vars.m "USD" unit="major"}}', { m: '129.5' }, '$129.50'],
    ['{{money vars.m "USD"}}', { m: -100 }, '-$1'],
    ['{{money vars.m "USD"}}', { m: 'ten' }, '[m: not on file]'],
    ['{{money vars.m "US"}}', { m: 100 }, '[m: not on file]'],
    ['{{money vars.m}}', { m: 100 }, '[m: not on file]'],
    ['{{money vars.m "USD"}}', { m: '9'.repeat(30) }, '[m: not on file]'],
  ];
  for (const [template, vars, said] of cases) {
    it(`makes ${said} of ${template} with ${JSON.stringify(vars)}`, () => {
      assert.equal(say(template, { vars })?.replace(/\u00a0/g, ' '), said);
    });
  }

  it('is written the Chinese way in a Chinese script', () => {
    assert.equal(say('{{money vars.m "CNY"}}', { locale: 'zh-CN', vars: { m: 12950 } }), '¥129.50');
  });
});

describe('the other helpers', () => {
  const vars = { n: 1, many: '3', level: 'VIP', none: '', phone: '13812345678' };
  const cases: [template: string, locale: Locale, said: string][] = [
    ['{{vars.n}} {{plural vars.n "month" "months"}}', 'en', '1 month'],
    ['{{vars.many}} {{plural vars.many "month" "months"}}', 'en', '3 months'],
    ['item{{plural vars.n "" "s"}}', 'en', 'item'],
    ['{{plural vars.n "x" "个月"}}', 'zh-CN', '个月'],
    ['{{plural vars.missing "month" "months"}}', 'en', 'months'],
    ['{{#ifEquals vars.level "VIP"}}a{{else}}b{{/ifEquals}}', 'en', 'a'],
    ['{{#ifEquals vars.n "1"}}a{{else}}b{{/ifEquals}}', 'en', 'a'],
    ['{{#ifEquals vars.none vars.missing}}a{{else}}b{{/ifEquals}}', 'en', 'b'],
    ['{{#ifEquals vars.n 2}}a{{else ifEquals vars.n 1}}b{{/ifEquals}}', 'en', 'b'],
    ['{{#if (equals vars.level "VIP")}}a{{else}}b{{/if}}', 'en', 'a'],
    ['{{maskNumber vars.phone}}', 'en', '138****5678'],
    ['{{maskNumber vars.level}}', 'en', '[level: not on file]'],
    ['{{agentName}} {{agentNumber}}', 'en', 'your adviser [agent number: not on file]'],
    ['{{agentName}} {{agentNumber}}', 'zh-CN', '您的客服专员 ［工号：暂无］'],
  ];
  for (const [template, locale, said] of cases) {
    it(`make "${said}" of ${template}`, () => assert.equal(say(template, { locale, vars }), said));
  }

  it("say the agent's name and number", () => {
    assert.equal(
      say('{{agentName}} {{agentNumber}}', { agent: { name: 'Ann', number: '1001' } }),
      'Ann 1001',
    );
  });
});
