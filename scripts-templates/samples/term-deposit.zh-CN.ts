import type { SampleScript } from './sample.ts';

/** A term deposit offered to a bank's own customers. Rates and cover are left to the day's notice on purpose. */
export const TERM_DEPOSIT_ZH: SampleScript = {
  id: 'term-deposit',
  name: '定期存款',
  document: {
    locale: 'zh-CN',
    start: 'opening',
    steps: [
      {
        id: 'opening',
        title: '开场白',
        kind: 'opening',
        required: true,
        body: `{{greeting}}，请问是{{salutation fallback="账户持有人"}}吗？

我是{{campaign.organisation}}的客户经理{{agentName}}{{#if agent.number}}，工号{{agent.number}}{{/if}}，为了保障您的权益，本次通话会录音。

今天来电，是想向您介绍我行的定期存款。`,
        branches: [
          { label: '是本人', goTo: 'permission' },
          { label: '不是本人', goTo: 'wrong-person' },
          { label: '现在不方便', goTo: 'call-back' },
          { label: '不要再打来', goTo: 'do-not-call' },
        ],
      },
      {
        id: 'permission',
        title: '征求同意',
        kind: 'permission',
        body: '占用您两三分钟，不会问您的密码和验证码，可以吗？',
        branches: [
          { label: '可以', goTo: 'need' },
          { label: '没时间', goTo: 'call-back' },
          { label: '不需要', goTo: 'objection-not-needed' },
        ],
      },
      {
        id: 'need',
        title: '了解需求',
        kind: 'need',
        body: `您手头暂时不用的资金，平时是放活期，还是做了其他安排？

大概多久之内用不到？您更看重随时能取，还是收益稳定？`,
        branches: [
          { label: '放活期', goTo: 'offer' },
          { label: '看重稳定', goTo: 'offer' },
          { label: '随时要用', goTo: 'offer-short' },
          { label: '买了理财 / 别家存款', goTo: 'objection-have-one' },
        ],
      },
      {
        id: 'offer',
        title: '推荐定期存款',
        kind: 'offer',
        body: `定期存款的利率在存入时就定下来，存期内不变，到期本息自动转回您的账户。

它属于存款，按国家规定受存款保险保障。利率按办理当日我行公告执行，提前支取部分按活期计息。`,
        branches: [
          { label: '有兴趣', goTo: 'close' },
          { label: '利率太低', goTo: 'objection-rate' },
          { label: '怕急用', goTo: 'offer-short' },
          { label: '不放心电话办理', goTo: 'objection-trust' },
        ],
      },
      {
        id: 'offer-short',
        title: '推荐短期限',
        kind: 'offer',
        body: '如果怕临时要用，可以把钱分成几份：一份三个月，一份半年，一份一年，哪一份到期就用哪一份，互不影响。',
        branches: [
          { label: '有兴趣', goTo: 'close' },
          { label: '再考虑', goTo: 'objection-think' },
          { label: '不需要', goTo: 'objection-not-needed' },
        ],
      },
      {
        id: 'objection-rate',
        title: '异议：利率低',
        kind: 'objection',
        body: '您说得对，定期存款图的是稳当，不是高收益。可以只拿一部分出来做保底，其余的照您原来的安排，您看多少合适？',
        branches: [
          { label: '愿意存一部分', goTo: 'close' },
          { label: '仍然拒绝', goTo: 'thank-refused' },
        ],
      },
      {
        id: 'objection-have-one',
        title: '异议：已有安排',
        kind: 'objection',
        body: '您理财很有计划。那边什么时候到期？到期之前我给您来个电话，您再比一比，可以吗？',
        branches: [
          { label: '可以', goTo: 'call-back' },
          { label: '还有闲钱', goTo: 'offer' },
          { label: '不用了', goTo: 'thank-refused' },
        ],
      },
      {
        id: 'objection-not-needed',
        title: '异议：不需要',
        kind: 'objection',
        body: '好的。方便问一下，是近期有用钱的打算，还是对定期存款有什么顾虑？',
        branches: [
          { label: '有用钱打算', goTo: 'offer-short' },
          { label: '有顾虑', goTo: 'objection-trust' },
          { label: '确定不需要', goTo: 'thank-refused' },
        ],
      },
      {
        id: 'objection-think',
        title: '异议：再考虑',
        kind: 'objection',
        body: '当然，钱的事要想清楚。您看过两天我再联系您，还是您直接到网点或手机银行看看？',
        branches: [
          { label: '再联系', goTo: 'call-back' },
          { label: '自己去看', goTo: 'thank-refused' },
        ],
      },
      {
        id: 'objection-trust',
        title: '异议：不放心',
        kind: 'objection',
        body: '您的谨慎是对的。电话里我不会让您转账，也不会要您的密码。您可以拨打我行官方客服电话核实，或者到{{customer.city}}的网点当面办理。',
        branches: [
          { label: '到网点办理', goTo: 'close' },
          { label: '核实后再说', goTo: 'call-back' },
          { label: '拒绝', goTo: 'thank-refused' },
        ],
      },
      {
        id: 'close',
        title: '促成',
        kind: 'close',
        body: '那我帮您登记意向，您打算存多少、存多久？是在手机银行自己办，还是我帮您约网点的时间？',
        branches: [
          { label: '登记', goTo: 'confirm' },
          { label: '又犹豫', goTo: 'objection-think' },
        ],
      },
      {
        id: 'confirm',
        title: '复述确认',
        kind: 'confirm',
        required: true,
        body: `跟您核对一下：

- 办理方式、金额和存期：按您刚才说的登记
- 利率：按办理当日公告执行
- 提前支取：提前支取部分按活期利率计息

以上内容您都清楚，对吗？`,
        branches: [
          { label: '确认无误', goTo: 'thank' },
          { label: '有疑问', goTo: 'offer' },
        ],
      },
      {
        id: 'thank',
        title: '致谢',
        kind: 'thank',
        body: '感谢您的信任！再提醒一次，任何人来电索要密码、验证码，请不要提供。祝您生活愉快，再见！',
        branches: [],
      },
      {
        id: 'call-back',
        title: '预约回电',
        kind: 'thank',
        body: '好的，您看什么时间方便？……到时候我再联系您，再见！（记录预约时间）',
        branches: [],
      },
      {
        id: 'thank-refused',
        title: '礼貌结束',
        kind: 'thank',
        body: '好的，谢谢您的时间，以后有需要随时联系我们。祝您生活愉快，再见！',
        branches: [],
      },
      {
        id: 'wrong-person',
        title: '非本人',
        kind: 'thank',
        body: '不好意思打扰您了，我们会更正资料，再见！（不要透露客户的任何信息）',
        branches: [],
      },
      {
        id: 'do-not-call',
        title: '要求不再来电',
        kind: 'thank',
        body: '非常抱歉打扰您，我马上为您登记，今后不再为此致电。再见！（登记免打扰）',
        branches: [],
      },
    ],
  },
};
