import type { SafeContext } from '../context.ts';
import type { Locale } from '../document.ts';
import type { Formats } from '../moment.ts';

/** What every helper can see of the rendering it is part of. */
export interface RenderScope {
  readonly locale: Locale;
  readonly formats: Formats;
  readonly root: SafeContext;
  readonly now: number | undefined;
  readonly timeZone: string | undefined;
  readonly holidayGreeting: string | undefined;
  /** Code units that loops may still produce in the step being rendered; they count it down and stop below 0. */
  loopBudget: number;
  /** Paths of the fields found missing in the step being rendered. */
  missing: Set<string>;
}

/** One use of a helper in a template. */
export interface HelperCall {
  readonly args: readonly unknown[];
  readonly hash: Readonly<Record<string, unknown>>;
  readonly scope: RenderScope;
}

/** One use of a block helper: `main` and `otherwise` render its two parts. */
export interface BlockCall extends HelperCall {
  /** The context around the block. */
  readonly self: unknown;
  readonly main: (self: unknown, data?: Readonly<Record<string, unknown>>) => string;
  readonly otherwise: (self: unknown) => string;
}

/** How many parameters a helper takes and which named options, so that the linter can check its uses. */
export interface HelperShape {
  readonly min: number;
  readonly max: number;
  readonly hash?: readonly string[];
}

/** Returns `undefined` for "there is nothing to say", never throws. */
export interface InlineHelper extends HelperShape {
  run(call: HelperCall): string | number | boolean | undefined;
}

export interface BlockHelper extends HelperShape {
  run(call: BlockCall): string;
}
