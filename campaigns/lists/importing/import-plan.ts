import { DomainError } from '../../../platform/errors/index.ts';
import type { ImportOptions, ReadOptions } from '../imports-schema.ts';
import type { ImportPlan } from '../imports-store.ts';
import {
  applyMapping,
  type CountryCode,
  checkMapping,
  createNumberNormaliser,
  guessMapping,
  type ListOptions,
  type NumberReading,
  type OpenList,
} from '../reading/index.ts';

/** How to open a file: what is not chosen is found, and found alike each time. */
export function listOptionsOf(options: ReadOptions, maxBytes: number): ListOptions {
  const { encoding, delimiter, hasHeader, sheet, acceptGuess } = options;
  return {
    ...(encoding === undefined ? {} : { encoding }),
    ...(delimiter === undefined ? {} : { delimiter }),
    ...(hasHeader === undefined ? {} : { hasHeader }),
    ...(sheet === undefined ? {} : { sheet }),
    acceptGuess,
    limits: { maxBytes },
  };
}

export type Normalise = (raw: string) => NumberReading;

/** @throws DomainError `country_unknown` when the list's country has no numbering plan */
export function normaliserOf(options: {
  country: string;
  plan: Pick<ImportOptions, 'repairLostZeros'>;
  allowReplayNumbers: boolean;
}): Normalise {
  const { country, plan, allowReplayNumbers } = options;
  try {
    return createNumberNormaliser({
      defaultCountry: country as CountryCode,
      repairLostZeros: plan.repairLostZeros,
      allowReplayNumbers,
    });
  } catch (cause) {
    throw new DomainError('invalid', 'country_unknown', "The list's country has no numbering plan", {
      params: { country },
      cause,
    });
  }
}

/**
 * Settles how a file is read: what was found about it, and a mapping guessed with the person's decisions over it.
 * @throws DomainError `mapping_invalid`
 */
export function planImport(list: OpenList, options: ImportOptions, normalise: Normalise): ImportPlan {
  return { ...options, found: foundOf(list, mappingOf(list, options, normalise)) };
}

export function mappingOf(
  { shape, preview }: OpenList,
  { mapping }: ReadOptions,
  normalise: Normalise,
): ImportPlan['found']['mapping'] {
  const guessed = guessMapping({ ...shape, rows: preview, normalise });
  return Object.keys(mapping).length === 0
    ? checkMapping(guessed)
    : applyMapping(guessed, mapping, shape.header);
}

function foundOf({ shape }: OpenList, mapping: ImportPlan['found']['mapping']): ImportPlan['found'] {
  return {
    header: shape.header ?? null,
    columns: shape.columns,
    mapping,
  };
}
