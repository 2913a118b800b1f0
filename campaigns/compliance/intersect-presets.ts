/**
 * Several presets as one: a call is right when every one of them allows it. Each field is brought together by
 * its stricter value, so adding a preset can only tighten, and the order does not matter.
 */
import type { Window } from '../../dialer/core/calling-window.ts';
import { intersectWindows, normalizeWindows } from '../../dialer/core/window-sets.ts';
import {
  type AbandonRule,
  type ConsentLevel,
  consentLevels,
  type FrequencyRule,
  type Period,
  type Preset,
  type RelockRule,
} from './preset-schema.ts';

/** A rule with the preset it came from, so that a refusal can be explained. */
export type From<T> = T & { presetId: string };

export interface EffectiveRules {
  /** `id@version` of every preset in it, sorted. */
  presetIds: readonly string[];
  /** On the clock of every candidate zone. Empty when no preset gives hours: silence is no permission. */
  windows: readonly Window[];
  /** Besides, on fixed clocks. */
  fixed: readonly { zone: string; windows: readonly Window[] }[];
  /** Calendars on whose days nobody is called. */
  calendars: readonly string[];
  frequency: readonly From<FrequencyRule>[];
  minRing: { seconds: number; rings: number };
  /** Every one must hold, each in its own window. */
  abandon: readonly From<AbandonRule>[];
  relock: readonly From<RelockRule>[];
  /** 0: none. */
  refusalCooldownDays: number | 'forever';
  consent: ConsentLevel;
  /** For mobile numbers, and for numbers that may be mobile. */
  mobileConsent: ConsentLevel;
  message: EffectiveMessage | null;
  dncLists: readonly { id: string; maxAgeDays: number }[];
  /** Calendar days, the shortest; a business day counts as one, which is never too late. */
  internalDncHonourDays: number | null;
  internalDncKeep: Period | null;
  callerIdMustPresent: boolean;
  retention: { calls: Period | null; recordings: Period | null; consent: Period | null };
  blockedRegions: readonly string[];
  simulation: boolean;
}

export interface EffectiveMessage {
  startWithinMs: number;
  mustSay: readonly string[];
  interactiveOptOut: boolean;
  marketingAllowed: boolean;
}

/** The rules that hold when all the presets apply. Chains are not followed here: give every member. */
export function intersectPresets(presets: readonly Preset[]): EffectiveRules {
  const parts = [...new Map(presets.map((preset) => [preset.id, preset])).values()];
  return {
    presetIds: parts.map(({ id, version }) => `${id}@${version}`).sort(),
    windows: calledPartyWindows(parts),
    fixed: fixedWindows(parts),
    calendars: unique(parts.flatMap(({ holidays }) => holidays.map(({ calendar }) => calendar))),
    frequency: withSource(parts, ({ frequency }) => frequency),
    minRing: {
      seconds: Math.max(0, ...parts.map(({ minRing }) => minRing?.seconds ?? 0)),
      rings: Math.max(0, ...parts.map(({ minRing }) => minRing?.rings ?? 0)),
    },
    abandon: withSource(parts, ({ abandon }) => abandon),
    relock: withSource(parts, ({ relock }) => relock),
    refusalCooldownDays: longestCooldown(parts),
    ...strictestConsent(parts),
    message: strictestMessage(parts),
    ...strictestDnc(parts),
    callerIdMustPresent: parts.some(({ callerId }) => callerId?.mustPresent === true),
    retention: {
      calls: longestPeriod(parts.map(({ retention }) => retention?.calls)),
      recordings: longestPeriod(parts.map(({ retention }) => retention?.recordings)),
      consent: longestPeriod(parts.map(({ retention }) => retention?.consent)),
    },
    blockedRegions: unique(parts.flatMap(({ blockedRegions }) => blockedRegions?.regions ?? [])),
    simulation: parts.some(({ use }) => use === 'simulation'),
  };
}

function withSource<T extends object>(parts: readonly Preset[], pick: (preset: Preset) => T[]): From<T>[] {
  return parts.flatMap((preset) => pick(preset).map((rule) => ({ ...rule, presetId: preset.id })));
}

function calledPartyWindows(parts: readonly Preset[]): Window[] {
  const all = parts.flatMap(({ hours }) => hours).filter(({ tz }) => tz === 'calledParty');
  const [first, ...rest] = all.map(({ windows }) => normalizeWindows(windows));
  return rest.reduce<Window[]>((open, windows) => intersectWindows(open, windows), first ?? []);
}

function fixedWindows(parts: readonly Preset[]): { zone: string; windows: Window[] }[] {
  const byZone = new Map<string, Window[]>();
  for (const { tz, windows } of parts.flatMap(({ hours }) => hours)) {
    if (tz === 'calledParty') continue;
    const open = byZone.get(tz.fixed);
    byZone.set(tz.fixed, open === undefined ? normalizeWindows(windows) : intersectWindows(open, windows));
  }
  return [...byZone].sort(([a], [b]) => (a < b ? -1 : 1)).map(([zone, windows]) => ({ zone, windows }));
}

function longestCooldown(parts: readonly Preset[]): number | 'forever' {
  const days = parts.map(({ refusal }) => refusal?.cooldownDays ?? 0);
  return days.includes('forever') ? 'forever' : Math.max(0, ...days.filter((n) => n !== 'forever'));
}

/** The stronger of two levels of consent. */
export function strongerConsent(a: ConsentLevel, b: ConsentLevel): ConsentLevel {
  return consentLevels.indexOf(a) >= consentLevels.indexOf(b) ? a : b;
}

function strictestConsent(parts: readonly Preset[]): { consent: ConsentLevel; mobileConsent: ConsentLevel } {
  const rules = parts.flatMap(({ consent }) => consent);
  const strongest = (levels: ConsentLevel[]) => levels.reduce(strongerConsent, 'none');
  return {
    consent: strongest(rules.filter(({ mobileOnly }) => !mobileOnly).map(({ level }) => level)),
    mobileConsent: strongest(rules.map(({ level }) => level)),
  };
}

function strictestMessage(parts: readonly Preset[]): EffectiveMessage | null {
  const messages = parts.map(({ message }) => message).filter((message) => message !== undefined);
  if (messages.length === 0) return null;
  return {
    startWithinMs: Math.min(...messages.map(({ startWithinMs }) => startWithinMs)),
    mustSay: unique(messages.flatMap(({ mustSay }) => mustSay)),
    interactiveOptOut: messages.some(({ interactiveOptOut }) => interactiveOptOut),
    marketingAllowed: messages.every(({ marketingAllowed }) => marketingAllowed),
  };
}

function strictestDnc(
  parts: readonly Preset[],
): Pick<EffectiveRules, 'dncLists' | 'internalDncHonourDays' | 'internalDncKeep'> {
  const rules = parts.map(({ dnc }) => dnc).filter((dnc) => dnc !== undefined);
  const ages = new Map<string, number>();
  for (const { id, maxAgeDays } of rules.flatMap(({ lists }) => lists)) {
    ages.set(id, Math.min(ages.get(id) ?? maxAgeDays, maxAgeDays));
  }
  const honour = rules
    .map(({ internalHonourWithin: within }) => within)
    .filter((within) => within !== undefined)
    .map((within) => ('businessDays' in within ? within.businessDays : within.calendarDays));
  return {
    dncLists: [...ages].sort(([a], [b]) => (a < b ? -1 : 1)).map(([id, maxAgeDays]) => ({ id, maxAgeDays })),
    internalDncHonourDays: honour.length === 0 ? null : Math.min(...honour),
    internalDncKeep: longestPeriod(rules.map(({ internalKeep }) => internalKeep)),
  };
}

function longestPeriod(periods: readonly (Period | undefined)[]): Period | null {
  const days = (period: Period) =>
    period === 'forever' ? Number.POSITIVE_INFINITY : 'years' in period ? period.years * 366 : period.days;
  return periods
    .filter((period) => period !== undefined)
    .reduce<Period | null>((a, b) => (a !== null && days(a) >= days(b) ? a : b), null);
}

function unique(names: readonly string[]): string[] {
  return [...new Set(names)].sort();
}
