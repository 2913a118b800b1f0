/**
 * How big a script may be. The figures come from measurement: Handlebars' parser and compiler take more than
 * quadratic time in nesting (5,000 nested blocks in 80 kB blocked a process for 26 s), while everything inside
 * these limits lints in milliseconds. Bytes are UTF-8.
 */
export const SCRIPT_LIMITS = {
  steps: 60,
  branchesPerStep: 12,
  idLength: 40,
  titleLength: 120,
  labelLength: 80,
  bodyBytes: 20_000,
  scriptBytes: 200_000,
  /** Blocks and sub-expressions inside one another, as an author counts them. */
  depth: 8,
  /** What is refused before the parser sees it; wider than `depth` because `else if` chains count here. */
  rawDepth: 32,
  /** Tags (`{{…}}`) in one step, and in all of them: what compiling costs goes by these. */
  tags: 200,
  scriptTags: 1_000,
  issues: 200,
} as const;

/** How much one rendering may produce, whatever the template and the data. Lengths are UTF-16 code units. */
export const RENDER_LIMITS = {
  items: 100,
  vars: 200,
  valueLength: 500,
  stepLength: 20_000,
  scriptLength: 200_000,
} as const;
