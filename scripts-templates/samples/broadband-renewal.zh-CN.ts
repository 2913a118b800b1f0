import type { SampleScript } from './sample.ts';

/** A broadband contract that ends soon: renew it, and raise the speed where it fits. */
export const BROADBAND_RENEWAL_ZH: SampleScript = {
  id: 'broadband-renewal',
  name: '宽带续费与提速',
  document: {
    locale: 'zh-CN',
    start: 'opening',
    steps: [
      {
        id: 'opening',
        title: '开场白',
        kind: 'opening',
        required: true,
        body: `{{salutation}}，{{greeting}}！

我是{{campaign.organisation}}的客服专员{{agentName}}{{#if agent.number}}，工号{{agent.number}}{{/if}}。

您号码{{number}}办理的宽带合约快到期了，今天专门来电提醒您，本次通话会录音。`,
        branches: [
          { label: '是本人，可以听', goTo: 'permission' },
          { label: '现在不方便', goTo: 'call-back' },
          { label: '不是本人 / 打错了', goTo: 'wrong-person' },
          { label: '不要再打来', goTo: 'do-not-call' },
        ],
      },
      {
        id: 'permission',
        title: '征求同意',
        kind: 'permission',
        body: '只需要两分钟，帮您核对一下到期时间和续费优惠，您看现在方便吗？',
        branches: [
          { label: '方便', goTo: 'need' },
          { label: '没时间', goTo: 'call-back' },
          { label: '直接拒绝', goTo: 'objection-not-needed' },
        ],
      },
      {
        id: 'need',
        title: '了解需求',
        kind: 'need',
        body: `{{#each customer.products}}
您目前使用的是{{name}}{{#if endsOn}}，{{date endsOn}}到期{{/if}}。
{{else}}
您目前的宽带合约即将到期。
{{/each}}

家里平时几个人上网？晚上看视频、孩子上网课的时候，网速够用吗？有没有卡顿过？`,
        branches: [
          { label: '够用，想续费', goTo: 'offer-renew' },
          { label: '有卡顿', goTo: 'offer-upgrade' },
          { label: '已用别家宽带', goTo: 'objection-have-one' },
          { label: '要搬家 / 不用了', goTo: 'objection-not-needed' },
        ],
      },
      {
        id: 'offer-renew',
        title: '推荐续费',
        kind: 'offer',
        body: `您是我们的老客户，到期前续费，可以接着享受老客户优惠，网络不会中断，也不用重新装机。

续费之后价格和现在一样清楚：按年付，不限流量，没有额外费用。`,
        branches: [
          { label: '同意', goTo: 'close' },
          { label: '太贵', goTo: 'objection-price' },
          { label: '再考虑', goTo: 'objection-think' },
          { label: '先发资料', goTo: 'objection-send' },
        ],
      },
      {
        id: 'offer-upgrade',
        title: '推荐提速',
        kind: 'offer',
        body: `您说的卡顿，多半是几台设备同时上网、带宽不够。提速之后，全家一起看高清视频、上网课都不抢网速。

这次续费可以同时提速，师傅远程就能开通，不用您在家等。`,
        branches: [
          { label: '同意提速', goTo: 'close' },
          { label: '只续费', goTo: 'offer-renew' },
          { label: '太贵', goTo: 'objection-price' },
          { label: '不相信能快', goTo: 'objection-trust' },
        ],
      },
      {
        id: 'objection-price',
        title: '异议：太贵',
        kind: 'objection',
        body: `我理解，钱要花在明处。按年付折算下来，每天也就一杯豆浆的钱，而且到期前续费才有这个价格。

您觉得按年付合适，还是先看看低一档的套餐？`,
        branches: [
          { label: '接受', goTo: 'close' },
          { label: '看低一档', goTo: 'offer-renew' },
          { label: '仍然拒绝', goTo: 'thank-refused' },
        ],
      },
      {
        id: 'objection-not-needed',
        title: '异议：不需要',
        kind: 'objection',
        body: '好的，我尊重您的决定。方便问一下，是打算搬家，还是对我们的网络或服务有不满意的地方？我帮您记下来反映。',
        branches: [
          { label: '愿意再听', goTo: 'offer-renew' },
          { label: '确定不需要', goTo: 'thank-refused' },
        ],
      },
      {
        id: 'objection-have-one',
        title: '异议：已有别家宽带',
        kind: 'objection',
        body: '明白。那边的合约到什么时候？两边比一下再决定也不迟，我把续费方案给您讲清楚，您心里有个数，好吗？',
        branches: [
          { label: '愿意比较', goTo: 'offer-renew' },
          { label: '不用了', goTo: 'thank-refused' },
        ],
      },
      {
        id: 'objection-send',
        title: '异议：先发资料',
        kind: 'objection',
        body: '没问题，我把方案用短信发到您这个号码。您看完之后我再给您回个电话，您看哪天方便？',
        branches: [
          { label: '约好时间', goTo: 'call-back' },
          { label: '看了再说', goTo: 'thank-refused' },
        ],
      },
      {
        id: 'objection-think',
        title: '异议：再考虑',
        kind: 'objection',
        body: '应该的。您主要是考虑价格，还是网速，还是要和家里人商量一下？',
        branches: [
          { label: '价格', goTo: 'objection-price' },
          { label: '网速', goTo: 'offer-upgrade' },
          { label: '和家人商量', goTo: 'call-back' },
        ],
      },
      {
        id: 'objection-trust',
        title: '异议：不信任',
        kind: 'objection',
        body: '您的担心很正常。您可以挂机后拨打官方客服热线核实，提速后也可以当场测速；达不到签约速率，我们为您改回原套餐。',
        branches: [
          { label: '接受', goTo: 'close' },
          { label: '核实后再说', goTo: 'call-back' },
          { label: '仍然拒绝', goTo: 'thank-refused' },
        ],
      },
      {
        id: 'close',
        title: '促成',
        kind: 'close',
        body: '那我现在就为您办理，到期之后自动接上，您不用跑营业厅。费用是从原来的账户扣，还是您到期前自己缴？',
        branches: [
          { label: '办理', goTo: 'confirm' },
          { label: '又犹豫', goTo: 'objection-think' },
        ],
      },
      {
        id: 'confirm',
        title: '复述确认',
        kind: 'confirm',
        required: true,
        body: `跟您核对一下：

- 办理号码：{{number}}
- 办理内容：宽带续费（含您选定的套餐和速率）
- 合约期和费用：以稍后发给您的短信为准

以上内容您都清楚并同意办理，对吗？`,
        branches: [
          { label: '确认无误', goTo: 'thank' },
          { label: '有疑问', goTo: 'objection-think' },
        ],
      },
      {
        id: 'thank',
        title: '致谢',
        kind: 'thank',
        body: '感谢您一直以来的支持！使用中有任何问题，随时联系我们。祝您生活愉快，再见！（等客户先挂机）',
        branches: [],
      },
      {
        id: 'call-back',
        title: '预约回电',
        kind: 'thank',
        body: '好的，那我不打扰您。您看什么时间方便，我再给您打过来？……好，到时候联系您，再见！（记录预约时间）',
        branches: [],
      },
      {
        id: 'thank-refused',
        title: '礼貌结束',
        kind: 'thank',
        body: '好的，谢谢您抽时间接听。到期前您改变主意，随时联系我们。祝您生活愉快，再见！',
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
