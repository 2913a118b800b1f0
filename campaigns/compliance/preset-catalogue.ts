/** Presets by id and by jurisdiction, each with the ones it extends. */
import { DomainError } from '../../platform/errors/index.ts';
import { type Preset, presetSchema } from './preset-schema.ts';
import au from './presets/au.json' with { type: 'json' };
import ca from './presets/ca.json' with { type: 'json' };
import cn from './presets/cn.json' with { type: 'json' };
import eu from './presets/eu.json' with { type: 'json' };
import gb from './presets/gb.json' with { type: 'json' };
import india from './presets/in.json' with { type: 'json' };
import open from './presets/open.json' with { type: 'json' };
import us from './presets/us.json' with { type: 'json' };
import usStates from './presets/us-states.json' with { type: 'json' };

const maxChain = 8;

export interface PresetCatalogue {
  list(): readonly Preset[];
  /** Throws `preset_unknown`. */
  get(id: string): Preset;
  /** The preset after those it extends, the most general first. Throws `preset_unknown`. */
  chain(id: string): readonly Preset[];
  /** Those that apply by themselves in `us-FL`; when none names it, those of `us`; else an empty list. */
  forJurisdiction(jurisdiction: string): readonly Preset[];
}

/** Checks a preset as it came from a file or a form. Throws `preset_invalid` with every mistake named. */
export function parsePreset(input: unknown): Preset {
  const result = presetSchema.safeParse(input);
  if (result.success) return result.data;
  throw new DomainError(
    'invalid',
    'preset_invalid',
    'The preset breaks its schema: correct the named fields',
    {
      issues: result.error.issues.map(({ path, code, message }) => ({
        path: `/${path.map(String).join('/')}`,
        code,
        message,
      })),
    },
  );
}

/** The presets that come with the system. */
export function builtInPresets(): Preset[] {
  const files: readonly unknown[][] = [us, usStates, gb, cn, ca, eu, india, au, open];
  return files.flat().map(parsePreset);
}

/**
 * Throws `preset_duplicate`, `preset_unknown` (extends nothing known), `preset_cycle` (extends itself, or
 * deeper than eight).
 */
export function createPresetCatalogue(presets: readonly Preset[]): PresetCatalogue {
  const byId = new Map<string, Preset>();
  const byJurisdiction = new Map<string, Preset[]>();
  for (const preset of presets) {
    if (byId.has(preset.id))
      throw trouble('preset_duplicate', 'Give every preset an id of its own', preset.id);
    byId.set(preset.id, preset);
    if (preset.jurisdiction === undefined) continue;
    const there = byJurisdiction.get(preset.jurisdiction) ?? [];
    byJurisdiction.set(preset.jurisdiction, [...there, preset]);
  }
  const catalogue: PresetCatalogue = {
    list: () => [...byId.values()],
    get(id) {
      const preset = byId.get(id);
      if (preset === undefined) throw trouble('preset_unknown', 'Choose one of the presets that exist', id);
      return preset;
    },
    chain: (id) => chainOf(catalogue, id),
    forJurisdiction: (jurisdiction) =>
      byJurisdiction.get(jurisdiction) ?? byJurisdiction.get(jurisdiction.split('-')[0] ?? '') ?? [],
  };
  for (const id of byId.keys()) catalogue.chain(id);
  return catalogue;
}

function chainOf(catalogue: PresetCatalogue, id: string): Preset[] {
  const chain: Preset[] = [];
  for (let next: string | undefined = id; next !== undefined; next = chain[0]?.extends) {
    if (chain.length >= maxChain) throw trouble('preset_cycle', 'A preset extends itself, or too deep', id);
    chain.unshift(catalogue.get(next));
  }
  return chain;
}

function trouble(code: string, message: string, presetId: string): DomainError {
  return new DomainError('invalid', code, message, { params: { presetId } });
}
