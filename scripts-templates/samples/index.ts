import { BROADBAND_RENEWAL_EN } from './broadband-renewal.en.ts';
import { BROADBAND_RENEWAL_ZH } from './broadband-renewal.zh-CN.ts';
import type { SampleScript } from './sample.ts';
import { TERM_DEPOSIT_EN } from './term-deposit.en.ts';
import { TERM_DEPOSIT_ZH } from './term-deposit.zh-CN.ts';

export type { SampleScript };

/** Scripts to start from, each in both languages. */
export const SAMPLE_SCRIPTS: readonly SampleScript[] = [
  BROADBAND_RENEWAL_ZH,
  BROADBAND_RENEWAL_EN,
  TERM_DEPOSIT_ZH,
  TERM_DEPOSIT_EN,
];
