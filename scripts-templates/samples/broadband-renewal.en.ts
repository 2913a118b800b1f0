import type { SampleScript } from './sample.ts';

/** A broadband contract that ends soon: renew it, and raise the speed where it fits. */
export const BROADBAND_RENEWAL_EN: SampleScript = {
  id: 'broadband-renewal',
  name: 'Broadband renewal and upgrade',
  document: {
    locale: 'en',
    start: 'opening',
    steps: [
      {
        id: 'opening',
        title: 'Opening',
        kind: 'opening',
        required: true,
        body: `{{greeting}}, {{salutation}}.

My name is {{agentName}}{{#if agent.number}} (agent {{agent.number}}){{/if}}, calling from {{campaign.organisation}}. The call is recorded.

I am calling about the broadband contract on {{number}}, which ends soon.`,
        branches: [
          { label: 'Right person, listening', goTo: 'permission' },
          { label: 'Not a good time', goTo: 'call-back' },
          { label: 'Wrong person', goTo: 'wrong-person' },
          { label: 'Do not call again', goTo: 'do-not-call' },
        ],
      },
      {
        id: 'permission',
        title: 'Permission',
        kind: 'permission',
        body: 'I need about two minutes to check your end date with you and what you could renew to. Is now all right?',
        branches: [
          { label: 'Yes', goTo: 'need' },
          { label: 'No time', goTo: 'call-back' },
          { label: 'Refuses outright', goTo: 'objection-not-needed' },
        ],
      },
      {
        id: 'need',
        title: 'Need',
        kind: 'need',
        body: `{{#each customer.products}}
You have {{name}} with us{{#if endsOn}}, until {{date endsOn}}{{/if}}.
{{else}}
Your present contract ends shortly.
{{/each}}

How many of you are online in the evening? And does it ever stall, say during a film or a video call?`,
        branches: [
          { label: 'Fine, wants to renew', goTo: 'offer-renew' },
          { label: 'It stalls', goTo: 'offer-upgrade' },
          { label: 'Has another provider', goTo: 'objection-have-one' },
          { label: 'Moving / no use for it', goTo: 'objection-not-needed' },
        ],
      },
      {
        id: 'offer-renew',
        title: 'Offer: renewal',
        kind: 'offer',
        body: `If you renew before the end date you keep the price for existing customers, nothing is interrupted and nobody has to come and install anything.

You pay once a year, without a data limit and without extra charges.`,
        branches: [
          { label: 'Agrees', goTo: 'close' },
          { label: 'Too expensive', goTo: 'objection-price' },
          { label: 'Wants to think', goTo: 'objection-think' },
          { label: 'Send me something', goTo: 'objection-send' },
        ],
      },
      {
        id: 'offer-upgrade',
        title: 'Offer: more speed',
        kind: 'offer',
        body: `What you describe usually means that several devices share too little speed. With the next step up, everyone can watch and call at the same time.

It can be switched on together with the renewal, from here: you need not wait at home.`,
        branches: [
          { label: 'Agrees', goTo: 'close' },
          { label: 'Renewal only', goTo: 'offer-renew' },
          { label: 'Too expensive', goTo: 'objection-price' },
          { label: 'Does not believe it', goTo: 'objection-trust' },
        ],
      },
      {
        id: 'objection-price',
        title: 'Too expensive',
        kind: 'objection',
        body: 'I understand; it should be worth its money. Paid by the year it comes to little more than a coffee a week, and this price holds only before the end date. Shall I look at the next smaller plan for you?',
        branches: [
          { label: 'Accepts', goTo: 'close' },
          { label: 'Smaller plan', goTo: 'offer-renew' },
          { label: 'Still refuses', goTo: 'thank-refused' },
        ],
      },
      {
        id: 'objection-not-needed',
        title: 'Not needed',
        kind: 'objection',
        body: 'That is quite all right. May I ask whether you are moving, or whether something about the service was not as it should be? I will pass it on.',
        branches: [
          { label: 'Will listen', goTo: 'offer-renew' },
          { label: 'Certain', goTo: 'thank-refused' },
        ],
      },
      {
        id: 'objection-have-one',
        title: 'Has another provider',
        kind: 'objection',
        body: 'I see. Until when does that contract run? Let me tell you what renewing would cost, so that you can compare the two.',
        branches: [
          { label: 'Will compare', goTo: 'offer-renew' },
          { label: 'No', goTo: 'thank-refused' },
        ],
      },
      {
        id: 'objection-send',
        title: 'Send me something',
        kind: 'objection',
        body: 'Gladly: I will send the offer to this number. When may I call to hear what you think of it?',
        branches: [
          { label: 'Agrees on a time', goTo: 'call-back' },
          { label: 'Will get in touch', goTo: 'thank-refused' },
        ],
      },
      {
        id: 'objection-think',
        title: 'Wants to think',
        kind: 'objection',
        body: 'Of course. Is it more the price, the speed, or would you like to talk it over at home first?',
        branches: [
          { label: 'Price', goTo: 'objection-price' },
          { label: 'Speed', goTo: 'offer-upgrade' },
          { label: 'Talk it over', goTo: 'call-back' },
        ],
      },
      {
        id: 'objection-trust',
        title: 'Does not trust it',
        kind: 'objection',
        body: 'You are right to ask. You can check with our official line after this call, and measure the speed yourself; if it is below the contract, we put you back on your present plan.',
        branches: [
          { label: 'Accepts', goTo: 'close' },
          { label: 'Will check first', goTo: 'call-back' },
          { label: 'Still refuses', goTo: 'thank-refused' },
        ],
      },
      {
        id: 'close',
        title: 'Close',
        kind: 'close',
        body: 'Then I will set it up now, and it follows on from your present contract by itself. Shall it go on your usual account, or would you rather pay it yourself before the end date?',
        branches: [
          { label: 'Go ahead', goTo: 'confirm' },
          { label: 'Hesitates again', goTo: 'objection-think' },
        ],
      },
      {
        id: 'confirm',
        title: 'Confirm',
        kind: 'confirm',
        required: true,
        body: `Let me read it back to you:

- number: {{number}}
- what: renewal of your broadband, with the plan and speed you chose
- term and price: as in the message you get in a moment

Is all of this clear, and do you agree?`,
        branches: [
          { label: 'Confirmed', goTo: 'thank' },
          { label: 'Has a question', goTo: 'objection-think' },
        ],
      },
      {
        id: 'thank',
        title: 'Thank',
        kind: 'thank',
        body: 'Thank you for staying with us. If anything comes up, do call. Goodbye! (Let the customer hang up first.)',
        branches: [],
      },
      {
        id: 'call-back',
        title: 'Call back',
        kind: 'thank',
        body: 'Then I will not keep you. When would suit you better? … Good, I will call you then. Goodbye! (Note the time.)',
        branches: [],
      },
      {
        id: 'thank-refused',
        title: 'Polite end',
        kind: 'thank',
        body: 'All right, and thank you for your time. Should you change your mind before the end date, do get in touch. Goodbye!',
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
