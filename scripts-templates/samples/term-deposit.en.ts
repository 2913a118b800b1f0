import type { SampleScript } from './sample.ts';

/** A term deposit offered to a bank's own customers. Rates and cover are left to the day's notice on purpose. */
export const TERM_DEPOSIT_EN: SampleScript = {
  id: 'term-deposit',
  name: 'Term deposit',
  document: {
    locale: 'en',
    start: 'opening',
    steps: [
      {
        id: 'opening',
        title: 'Opening',
        kind: 'opening',
        required: true,
        body: `{{greeting}}, am I speaking to {{salutation fallback="the account holder"}}?

This is {{agentName}}{{#if agent.number}} (agent {{agent.number}}){{/if}} from {{campaign.organisation}}. The call is recorded, for your protection.

I am calling to tell you about our term deposit.`,
        branches: [
          { label: 'Speaking', goTo: 'permission' },
          { label: 'Wrong person', goTo: 'wrong-person' },
          { label: 'Not a good time', goTo: 'call-back' },
          { label: 'Do not call again', goTo: 'do-not-call' },
        ],
      },
      {
        id: 'permission',
        title: 'Permission',
        kind: 'permission',
        body: 'It takes two or three minutes, and I will not ask for a password or a code. May I go on?',
        branches: [
          { label: 'Yes', goTo: 'need' },
          { label: 'No time', goTo: 'call-back' },
          { label: 'Not needed', goTo: 'objection-not-needed' },
        ],
      },
      {
        id: 'need',
        title: 'Need',
        kind: 'need',
        body: `Money that you do not need for a while: does it stay on your current account, or have you placed it elsewhere?

For about how long could you do without it? And what matters more to you: to have it at any time, or a return you can count on?`,
        branches: [
          { label: 'On the current account', goTo: 'offer' },
          { label: 'Wants certainty', goTo: 'offer' },
          { label: 'May need it any time', goTo: 'offer-short' },
          { label: 'Placed elsewhere', goTo: 'objection-have-one' },
        ],
      },
      {
        id: 'offer',
        title: 'Offer: term deposit',
        kind: 'offer',
        body: `With a term deposit the rate is fixed on the day you open it and does not change; at the end, capital and interest come back to your account by themselves.

It is a deposit, so the statutory deposit guarantee applies to it. The rate is the one published on the day; what you take out early earns less.`,
        branches: [
          { label: 'Interested', goTo: 'close' },
          { label: 'Rate too low', goTo: 'objection-rate' },
          { label: 'May need the money', goTo: 'offer-short' },
          { label: 'Not over the phone', goTo: 'objection-trust' },
        ],
      },
      {
        id: 'offer-short',
        title: 'Offer: in parts',
        kind: 'offer',
        body: 'You can also split it: one part for three months, one for six, one for a year. Something falls due again and again, and the rest goes on earning.',
        branches: [
          { label: 'Interested', goTo: 'close' },
          { label: 'Wants to think', goTo: 'objection-think' },
          { label: 'Not needed', goTo: 'objection-not-needed' },
        ],
      },
      {
        id: 'objection-rate',
        title: 'Rate too low',
        kind: 'objection',
        body: 'True: a term deposit is for certainty, not for high returns. Some customers put a part of their savings there and leave the rest as it is. What part would feel right to you?',
        branches: [
          { label: 'A part', goTo: 'close' },
          { label: 'Still refuses', goTo: 'thank-refused' },
        ],
      },
      {
        id: 'objection-have-one',
        title: 'Placed elsewhere',
        kind: 'objection',
        body: 'You plan ahead, I see. When does that fall due? I could call you shortly before, so that you can compare.',
        branches: [
          { label: 'Agrees', goTo: 'call-back' },
          { label: 'Has more to place', goTo: 'offer' },
          { label: 'No', goTo: 'thank-refused' },
        ],
      },
      {
        id: 'objection-not-needed',
        title: 'Not needed',
        kind: 'objection',
        body: 'That is all right. May I ask: will you need the money soon, or does something about it worry you?',
        branches: [
          { label: 'Needs the money', goTo: 'offer-short' },
          { label: 'Worried', goTo: 'objection-trust' },
          { label: 'Certain', goTo: 'thank-refused' },
        ],
      },
      {
        id: 'objection-think',
        title: 'Wants to think',
        kind: 'objection',
        body: 'Of course; money deserves a second thought. Shall I call again in a few days, or would you rather look at it yourself, online or at a branch?',
        branches: [
          { label: 'Call again', goTo: 'call-back' },
          { label: 'Will look', goTo: 'thank-refused' },
        ],
      },
      {
        id: 'objection-trust',
        title: 'Does not trust it',
        kind: 'objection',
        body: "You are right to be careful. I will not ask you to move money or to tell me a password. You can check with the bank's official line, or do it in person at a branch in {{customer.city}}.",
        branches: [
          { label: 'At a branch', goTo: 'close' },
          { label: 'Will check first', goTo: 'call-back' },
          { label: 'Refuses', goTo: 'thank-refused' },
        ],
      },
      {
        id: 'close',
        title: 'Close',
        kind: 'close',
        body: 'Then let me note it: how much would you like to place, and for how long? Will you open it online, or shall I book a time at the branch?',
        branches: [
          { label: 'Noted', goTo: 'confirm' },
          { label: 'Hesitates again', goTo: 'objection-think' },
        ],
      },
      {
        id: 'confirm',
        title: 'Confirm',
        kind: 'confirm',
        required: true,
        body: `Let me read it back to you:

- way, amount and term: as you have just told me
- rate: as published on the day you open it
- taking it out early: that part earns the rate of a current account

Is all of this clear?`,
        branches: [
          { label: 'Confirmed', goTo: 'thank' },
          { label: 'Has a question', goTo: 'offer' },
        ],
      },
      {
        id: 'thank',
        title: 'Thank',
        kind: 'thank',
        body: 'Thank you for your trust. And please: whoever calls and asks for a password or a code, do not give it. Goodbye!',
        branches: [],
      },
      {
        id: 'call-back',
        title: 'Call back',
        kind: 'thank',
        body: 'When would suit you better? … Good, I will call you then. Goodbye! (Note the time.)',
        branches: [],
      },
      {
        id: 'thank-refused',
        title: 'Polite end',
        kind: 'thank',
        body: 'All right, and thank you for your time. Should you need us, do get in touch. Goodbye!',
        branches: [],
      },
      {
        id: 'wrong-person',
        title: 'Wrong person',
        kind: 'thank',
        body: 'I am sorry to have troubled you; we will correct our records. Goodbye! (Say nothing about the customer.)',
        branches: [],
      },
      {
        id: 'do-not-call',
        title: 'Do not call again',
        kind: 'thank',
        body: 'I am sorry to have troubled you. I am noting it now, and we will not call you about this again. Goodbye!',
        branches: [],
      },
    ],
  },
};
