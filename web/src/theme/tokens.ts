import type { ThemeConfig } from 'antd';

/** Every colour, size and distance of the application: the component library and our own styles take them here. */
export type Scheme = 'light' | 'dark';

interface Palette {
  ground: string;
  surface: string;
  raised: string;
  line: string;
  lineStrong: string;
  text: string;
  textSoft: string;
  textFaint: string;
  accent: string;
  accentSoft: string;
  onAccent: string;
  good: string;
  warn: string;
  bad: string;
  badSoft: string;
  warnSoft: string;
  goodSoft: string;
  available: string;
  reserved: string;
  ringing: string;
  connected: string;
  wrapUp: string;
  paused: string;
}

export const PALETTES: Record<Scheme, Palette> = {
  light: {
    ground: '#f3f5f6',
    surface: '#ffffff',
    raised: '#f8fafa',
    line: '#e2e7e9',
    lineStrong: '#c9d1d5',
    text: '#17232a',
    textSoft: '#52626b',
    textFaint: '#5f6e77',
    accent: '#0f6b75',
    accentSoft: '#e3f1f2',
    onAccent: '#ffffff',
    good: '#237a4b',
    warn: '#96600a',
    bad: '#b3352c',
    badSoft: '#fbebea',
    warnSoft: '#fcf3e1',
    goodSoft: '#e7f4ec',
    available: '#2b8a57',
    reserved: '#0f7f8b',
    ringing: '#c07a0c',
    connected: '#2563a8',
    wrapUp: '#7a5bb5',
    paused: '#7d8a92',
  },
  dark: {
    ground: '#10171b',
    surface: '#182126',
    raised: '#1e292f',
    line: '#2a363d',
    lineStrong: '#3d4b53',
    text: '#e4eaed',
    textSoft: '#a7b4bb',
    textFaint: '#8b99a1',
    accent: '#3fa7b1',
    accentSoft: '#173439',
    onAccent: '#08191c',
    good: '#5cbf88',
    warn: '#dba449',
    bad: '#ea7d74',
    badSoft: '#3a2123',
    warnSoft: '#372c18',
    goodSoft: '#173124',
    available: '#4cb67f',
    reserved: '#45b3bd',
    ringing: '#dba049',
    connected: '#6ea3e0',
    wrapUp: '#a98be0',
    paused: '#87949c',
  },
};

export const SIZES = {
  radius: '6px',
  gap: '12px',
  fontSize: '13px',
  fontSmall: '12px',
  fontLarge: '16px',
  fontHuge: '24px',
  font: "system-ui, -apple-system, 'Segoe UI', Roboto, 'PingFang SC', 'Microsoft YaHei', 'Noto Sans SC', 'Noto Sans CJK SC', sans-serif",
};

/** Our tokens as custom properties, `--text-soft` and so on. */
export function cssTokens(scheme: Scheme): Record<string, string> {
  const entries = Object.entries({ ...PALETTES[scheme], ...SIZES });
  return Object.fromEntries(entries.map(([name, value]) => [`--${kebab(name)}`, value]));
}

function kebab(name: string): string {
  return name.replaceAll(/[A-Z]/g, (letter) => `-${letter.toLowerCase()}`);
}

/** The same tokens for the component library. */
export function antdTheme(scheme: Scheme): ThemeConfig {
  const colours = PALETTES[scheme];
  return {
    token: {
      colorPrimary: colours.accent,
      colorTextLightSolid: colours.onAccent,
      colorInfo: colours.accent,
      colorSuccess: colours.good,
      colorWarning: colours.warn,
      colorError: colours.bad,
      colorText: colours.text,
      colorTextSecondary: colours.textSoft,
      colorTextTertiary: colours.textFaint,
      colorTextPlaceholder: colours.textFaint,
      colorBgContainer: colours.surface,
      colorBgElevated: colours.surface,
      colorBgLayout: colours.ground,
      colorFillAlter: colours.raised,
      colorBorder: colours.lineStrong,
      colorBorderSecondary: colours.line,
      borderRadius: 6,
      fontSize: 13,
      controlHeight: 30,
      fontFamily: SIZES.font,
      motion: false,
    },
    components: { Button: { primaryShadow: 'none', defaultShadow: 'none', dangerShadow: 'none' } },
  };
}
