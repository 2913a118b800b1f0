import type { NewCampaign } from '../../campaigns/campaigns/index.ts';
import type { Locale } from '../../scripts-templates/index.ts';

/** What the demo loads. Everything in it is invented; its numbers exist on the simulated network only. */

export interface DemoCampaign {
  /** Of the sample script in `scripts-templates`. */
  script: string;
  locale: Locale;
  name: string;
  listName: string;
  listCountry: string;
  timeZone: string;
  dialMode: NewCampaign['dialMode'];
  robots: number;
  leads: number;
}

export const DEMO_CAMPAIGNS: readonly DemoCampaign[] = [
  {
    script: 'broadband-renewal',
    locale: 'zh-CN',
    name: '宽带续约（演示）',
    listName: '十二月到期用户',
    listCountry: 'CN',
    timeZone: 'Asia/Shanghai',
    dialMode: 'predictive',
    robots: 12,
    leads: 6_000,
  },
  {
    script: 'term-deposit',
    locale: 'en',
    name: 'Term deposit (demo)',
    listName: 'Savings customers',
    listCountry: 'GB',
    timeZone: 'Europe/London',
    dialMode: 'progressive',
    robots: 6,
    leads: 4_000,
  },
];

export interface DemoPerson {
  role: 'admin' | 'manager' | 'marketer' | 'agent';
  login: string;
  name: string;
  agentNumber?: string;
}

/** One a role; shown on the sign-in page of the demo, and of nothing else. */
export const DEMO_PEOPLE: readonly DemoPerson[] = [
  { role: 'manager', login: 'demo-manager', name: '陈静 Chen Jing' },
  { role: 'agent', login: 'demo-agent', name: '李伟 Li Wei', agentNumber: '8001' },
  { role: 'marketer', login: 'demo-marketer', name: '王芳 Wang Fang' },
  { role: 'admin', login: 'demo-admin', name: '赵磊 Zhao Lei' },
];

/** Known to everybody who sees the sign-in page; the demo runs on the loopback address alone. */
export const DEMO_PASSWORD = 'dialwright-demo';

export const DEMO_VENDOR = '晨光 Morninglight';
export const DEMO_TEAM = '演示一组 Demo team';

export const DEMO_PRODUCTS = [
  {
    code: 'fibre-500',
    nameEn: 'Fibre 500 Mbit/s, one year',
    nameZh: '500M 光纤宽带一年',
    priceMinor: 129_900,
    currency: 'CNY',
  },
  {
    code: 'term-12',
    nameEn: 'Term deposit, 12 months',
    nameZh: '十二个月定期存款',
    priceMinor: 0,
    currency: 'GBP',
  },
] as const;
