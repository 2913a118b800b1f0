import type { ListPreview } from '../imports-schema.ts';
import {
  type ColumnMapping,
  type ColumnTarget,
  createRowInterpreter,
  type OpenList,
} from '../reading/index.ts';
import type { Normalise } from './import-plan.ts';

/** A list's first rows, and what each would become. */
export function previewOf(
  { shape, preview }: OpenList,
  mapping: ColumnMapping,
  normalise: Normalise,
): ListPreview {
  const interpret = createRowInterpreter(mapping, { normalise });
  const { encoding } = shape;
  return {
    format: shape.format,
    encoding: encoding
      ? {
          encoding: encoding.encoding,
          confidence: encoding.confidence,
          alternatives: encoding.alternatives,
        }
      : null,
    delimiter: shape.delimiter ?? null,
    sheet: shape.sheet ?? null,
    sheets: shape.sheets ?? [],
    columns: mapping.map((target, column) => ({
      header: shape.header?.[column] ?? null,
      target: written(target),
    })),
    rows: preview.map((row) => {
      const reading = interpret(row);
      const { line, cells } = row;
      if (reading.accepted) return { line, cells, code: null, column: null };
      return { line, cells, code: reading.code, column: reading.column ?? null };
    }),
  };
}

/** A target as a person would write the decision for it. */
function written(target: ColumnTarget): string {
  if (target.to === 'ignore') return 'ignore';
  if (target.to === 'variable') return `var:${target.name}`;
  if (target.to === 'field') return target.field;
  const use = target.use === 'unknown' ? '' : `:${target.use}`;
  return `phone${target.order === 1 ? '' : target.order}${use}`;
}
