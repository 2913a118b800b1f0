import type { AbandonWindow } from '../../dialer/ports.ts';
import { strictestAbandonLimits, windowDays } from './abandon-ledger.ts';
import type { AbandonRule, AbandonWindowRule } from './preset-schema.ts';

/** What of a campaign's settings the law has a word in. */
export interface AbandonSettings {
  targetAbandonRate: number;
  connectWithinMs: number;
  abandonWindow: AbandonWindow;
}

/** The longest that pacing knows; Italy counts over the whole campaign. */
const WHOLE_CAMPAIGN_DAYS = 366;

/**
 * The settings as the abandon rules of all places that may be called leave them: rules only tighten. A preset's own
 * target below its cap is a default that a manager may choose, not the law, and does not bind.
 * @param zone of the campaign: whose days and months are counted
 */
export function bindDialing<S extends AbandonSettings>(
  settings: S,
  { rules, zone }: { rules: readonly AbandonRule[]; zone: string },
): S {
  const limits = strictestAbandonLimits(rules);
  if (!limits) return settings;
  const shorter = windowDays(limits.window) < windowDays(asRule(settings.abandonWindow));
  return {
    ...settings,
    targetAbandonRate: Math.min(settings.targetAbandonRate, limits.cap),
    connectWithinMs: Math.min(settings.connectWithinMs, limits.connectWithinMs),
    abandonWindow: shorter ? asWindow(limits.window, zone) : settings.abandonWindow,
  };
}

function asRule(window: AbandonWindow): AbandonWindowRule {
  return window.kind === 'localDay' || window.kind === 'calendarMonth' ? { kind: window.kind } : window;
}

function asWindow(rule: AbandonWindowRule, timeZone: string): AbandonWindow {
  switch (rule.kind) {
    case 'localDay':
    case 'calendarMonth':
      return { kind: rule.kind, timeZone };
    case 'campaign':
      return { kind: 'campaignBlock', days: WHOLE_CAMPAIGN_DAYS };
    default:
      return rule;
  }
}
