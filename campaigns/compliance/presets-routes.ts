import { z } from 'zod';
import { defineRoute, type Route } from '../routes/index.ts';
import type { PresetCatalogue } from './preset-catalogue.ts';
import type { Preset } from './preset-schema.ts';

const presetSummary = z
  .object({
    id: z.string(),
    version: z.int(),
    name: z.object({ en: z.string(), 'zh-CN': z.string() }),
    asOf: z.string(),
    jurisdiction: z.string().nullable().meta({ description: 'Applies by itself to leads who may be there' }),
    use: z.enum(['law', 'policy', 'simulation']),
    extends: z.string().nullable(),
  })
  .meta({ id: 'PresetSummary' });

const READERS = ['admin', 'manager', 'marketer'] as const;

export function presetRoutes(catalogue: PresetCatalogue): Route[] {
  return [
    defineRoute({
      method: 'get',
      path: '/compliance/presets',
      roles: READERS,
      tag: 'Compliance',
      summary: 'Compliance presets a campaign can be bound to',
      response: z.object({ items: z.array(presetSummary) }),
      handler: async () => ({ items: catalogue.list().map(summaryOf) }),
    }),
    defineRoute({
      method: 'get',
      path: '/compliance/presets/:presetId',
      roles: READERS,
      tag: 'Compliance',
      summary: 'One preset after those it extends, each rule with source, date and certainty',
      params: z.object({ presetId: z.string().max(64) }),
      response: z.object({ chain: z.array(z.unknown()) }),
      handler: async ({ params }) => ({ chain: [...catalogue.chain(params.presetId)] }),
    }),
  ];
}

function summaryOf(preset: Preset): z.input<typeof presetSummary> {
  const { id, version, name, asOf, use } = preset;
  return {
    id,
    version,
    name,
    asOf,
    use,
    jurisdiction: preset.jurisdiction ?? null,
    extends: preset.extends ?? null,
  };
}
