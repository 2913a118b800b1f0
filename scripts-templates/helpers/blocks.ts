import { RENDER_LIMITS } from '../limits.ts';
import type { BlockHelper } from './helper.ts';
import { sameText } from './values.ts';

/** Handlebars' own, less what could run away: items and produced text are bounded, and only lists are walked. */
const each: BlockHelper = {
  min: 1,
  max: 1,
  run({ args, self, main, otherwise, scope }) {
    const items: readonly unknown[] = Array.isArray(args[0]) ? args[0].slice(0, RENDER_LIMITS.items) : [];
    if (items.length === 0) return otherwise(self);
    let text = '';
    for (const [index, item] of items.entries()) {
      if (scope.loopBudget < 0) break;
      const part = main(item, { index, first: index === 0, last: index === items.length - 1 });
      scope.loopBudget -= part.length;
      text += part;
    }
    return text;
  },
};

/** `{{#ifEquals vars.档位 "VIP"}}…{{else}}…{{/ifEquals}}`; compares as text. */
const ifEquals: BlockHelper = {
  min: 2,
  max: 2,
  run: ({ args, self, main, otherwise }) => (sameText(args[0], args[1]) ? main(self) : otherwise(self)),
};

export const BLOCK_HELPERS = { each, ifEquals } as const;
