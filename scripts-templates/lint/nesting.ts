import { SCRIPT_LIMITS as L } from '../limits.ts';
import type { Found } from './issue.ts';

/** What Handlebars' own lexer takes as one piece inside a tag; quotes and brackets hide what they hold. */
const PIECE = /"(?:\\"|[^"])*"|'(?:\\'|[^'])*'|\[(?:\\\]|[^\]])*\]|\}\}|[()\]}]|[^"'[\]}()]+/y;
const COMMENT = /~?!--[\s\S]*?--~?\}\}|~?![\s\S]*?\}\}/y;

/** One tag: its text between the braces, and how deep its parentheses lie. */
interface Tag {
  text: string;
  depth: number;
}

/**
 * Looks at a template's tags without parsing it and says why it must not be parsed, if so: Handlebars' parser takes
 * quadratic time and deep recursion on nesting, so nesting has to be refused first. Takes linear time. Counts an
 * `else if` as one level, hence the wide {@link SCRIPT_LIMITS}.rawDepth; the author's depth is checked on the tree.
 */
export function refuseBeforeParsing(body: string): Found | undefined {
  if (body.includes('{{{{')) return { code: 'raw_block' };
  const tags = tagsOf(body);
  if (tags.length > L.tags) return { code: 'too_many_tags', params: { max: L.tags } };
  const depth = Math.max(blockDepth(tags), ...tags.map((tag) => tag.depth));
  return depth > L.rawDepth ? { code: 'too_deep', params: { max: L.depth } } : undefined;
}

/** The tags up to one more than allowed, comments as empty ones. */
function tagsOf(body: string): Tag[] {
  const tags: Tag[] = [];
  let from = 0;
  for (let at = body.indexOf('{{'); at >= 0 && tags.length <= L.tags; at = body.indexOf('{{', from)) {
    from = at + 2;
    // One backslash makes the braces text; two or more are a backslash before a tag.
    if (body[at - 1] === '\\' && body[at - 2] !== '\\') continue;
    const { tag, end } = comment(body, from) ?? readTag(body, from);
    tags.push(tag);
    from = end;
  }
  return tags;
}

function comment(body: string, from: number): { tag: Tag; end: number } | undefined {
  const pattern = new RegExp(COMMENT);
  pattern.lastIndex = from;
  return pattern.test(body) ? { tag: { text: '', depth: 0 }, end: pattern.lastIndex } : undefined;
}

function readTag(body: string, from: number): { tag: Tag; end: number } {
  const pattern = new RegExp(PIECE);
  pattern.lastIndex = from;
  let depth = 0;
  let deepest = 0;
  for (
    let piece = pattern.exec(body)?.[0];
    piece !== undefined && piece !== '}}';
    piece = pattern.exec(body)?.[0]
  ) {
    if (piece === '(') deepest = Math.max(deepest, ++depth);
    else if (piece === ')') depth--;
  }
  // Where no piece fits (an open quote, the end of the text) the pattern starts over from 0. The parser stops there
  // with an error, so what follows cannot nest anything.
  const end = pattern.lastIndex === 0 ? body.length : pattern.lastIndex;
  return { tag: { text: body.slice(from, end).replace(/^~?\s*/, ''), depth: deepest }, end };
}

function blockDepth(tags: readonly Tag[]): number {
  // `else if` opens a block inside the one it continues; one closing tag ends them all.
  const open: number[] = [];
  let depth = 0;
  let deepest = 0;
  for (const { text } of tags) {
    const opens = /^[#^]\s*[^\s~}]/.test(text);
    const continues = /^else\s*[^\s~}]/.test(text);
    if (text.startsWith('/')) depth -= open.pop() ?? 0;
    if (!opens && !continues) continue;
    open.push(continues ? (open.pop() ?? 0) + 1 : 1);
    deepest = Math.max(deepest, ++depth);
  }
  return deepest;
}
