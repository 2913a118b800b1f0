import assert from 'node:assert/strict';
import test from 'node:test';
import { PALETTES } from './tokens.ts';

/** WCAG 2.2, 1.4.3: relative luminance and contrast ratio. */
function luminance(hex: string): number {
  const [r = 0, g = 0, b = 0] = [1, 3, 5]
    .map((at) => Number.parseInt(hex.slice(at, at + 2), 16) / 255)
    .map((part) => (part <= 0.04045 ? part / 12.92 : ((part + 0.055) / 1.055) ** 2.4));
  return 0.2126 * r + 0.7152 * g + 0.0722 * b;
}

function contrast(one: string, other: string): number {
  const [dark = 0, light = 0] = [luminance(one), luminance(other)].sort((a, b) => a - b);
  return (light + 0.05) / (dark + 0.05);
}

for (const [scheme, palette] of Object.entries(PALETTES)) {
  test(`every text of the ${scheme} scheme has a contrast of 4.5 on every ground it stands on`, () => {
    const texts = ['text', 'textSoft', 'textFaint', 'good', 'warn', 'bad', 'accent'] as const;
    const grounds = ['surface', 'ground', 'raised'] as const;
    const pairs: [string, string, string][] = texts.flatMap((text) =>
      grounds.map((ground): [string, string, string] => [
        `${text} on ${ground}`,
        palette[text],
        palette[ground],
      ]),
    );
    pairs.push(['onAccent on accent', palette.onAccent, palette.accent]);
    for (const tone of ['good', 'warn', 'bad'] as const) {
      pairs.push([`${tone} on its own tint`, palette[tone], palette[`${tone}Soft`]]);
    }
    pairs.push(['accent on its tint', palette.accent, palette.accentSoft]);
    const weak = pairs
      .map(([name, a, b]) => [name, contrast(a, b)] as const)
      .filter(([, ratio]) => ratio < 4.5);
    assert.deepEqual(weak, []);
  });
}
