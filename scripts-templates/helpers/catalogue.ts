import { BLOCK_HELPERS } from './blocks.ts';
import type { BlockHelper, HelperShape, InlineHelper } from './helper.ts';
import { PERSON_HELPERS } from './person.ts';
import { TIME_HELPERS } from './time.ts';
import { VALUE_HELPERS } from './values.ts';

/** Every helper of ours that prints or returns a value, by name. */
export const INLINE: ReadonlyMap<string, InlineHelper> = new Map<string, InlineHelper>(
  Object.entries({ ...PERSON_HELPERS, ...TIME_HELPERS, ...VALUE_HELPERS }),
);

/** Every block helper of ours, by name. */
export const BLOCKS: ReadonlyMap<string, BlockHelper> = new Map<string, BlockHelper>(
  Object.entries(BLOCK_HELPERS),
);

/** One helper as an editor would list it. */
export interface HelperInfo extends HelperShape {
  name: string;
  block: boolean;
}

/** Every block an author may open, with Handlebars' own `if` and `unless`. */
export const BLOCK_SHAPES: ReadonlyMap<string, HelperShape> = new Map<string, HelperShape>([
  ...BLOCKS,
  ['if', { min: 1, max: 1, hash: ['includeZero'] }],
  ['unless', { min: 1, max: 1, hash: ['includeZero'] }],
]);

/** Everything an author can call, for the editor's list. */
export const HELPERS: readonly HelperInfo[] = [...describe(INLINE, false), ...describe(BLOCK_SHAPES, true)];

function describe(shapes: ReadonlyMap<string, HelperShape>, block: boolean): HelperInfo[] {
  return Array.from(shapes, ([name, { min, max, hash = [] }]) => ({ name, block, min, max, hash }));
}
