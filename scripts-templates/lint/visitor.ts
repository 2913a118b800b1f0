import Handlebars from 'handlebars';
import type { KnownField } from '../fields.ts';
import { BLOCK_SHAPES, INLINE } from '../helpers/catalogue.ts';
import { SCRIPT_LIMITS as L } from '../limits.ts';
import { checkCall, nameOf } from './calls.ts';
import { FieldScope } from './field-scope.ts';
import type { Found, IssueList, Place } from './issue.ts';
import { checkPath, checkPrinted } from './paths.ts';

type Call = hbs.AST.MustacheStatement | hbs.AST.SubExpression | hbs.AST.BlockStatement;

/** An HTML tag or entity; `a < b` and `R&D` are none. */
const HTML = /<[a-z/!][^<>\n]{0,40}>?|&(?:[a-z]{2,8}|#\d{1,6}|#x[0-9a-f]{1,6});/i;

/**
 * Walks a template's tree and reports everything a script may not hold. The tree is our own parser's, never the
 * author's, and no deeper than `refuseBeforeParsing` lets through.
 */
export class TemplateVisitor extends Handlebars.Visitor {
  readonly scope: FieldScope | undefined;
  /** Fields that an enclosing `if` has found to have a value. */
  readonly present: string[] = [];
  private readonly issues: IssueList;
  private readonly place: Place;
  private depth = 0;
  private loops = 0;

  constructor(options: { issues: IssueList; place: Place; fields?: readonly KnownField[] | undefined }) {
    super();
    this.issues = options.issues;
    this.place = options.place;
    this.scope = options.fields && new FieldScope(options.fields);
  }

  report(found: Found, node: hbs.AST.Node): void {
    const { line, column } = node.loc.start;
    this.issues.add(found, { ...this.place, line, column: column + 1 });
  }

  override ContentStatement(content: hbs.AST.ContentStatement): void {
    // The typings call it flags; it is the text before white space was taken out, which is what positions are of.
    const { original }: { original: unknown } = content;
    const written = typeof original === 'string' ? original : content.value;
    const html = HTML.exec(written);
    if (!html) return;
    const before = written.slice(0, html.index).split('\n');
    const { line, column } = content.loc.start;
    const last = before.at(-1)?.length ?? 0;
    this.issues.add(
      { code: 'raw_html', params: { text: html[0].slice(0, 40) } },
      {
        ...this.place,
        line: line + before.length - 1,
        column: before.length > 1 ? last + 1 : column + last + 1,
      },
    );
  }

  override MustacheStatement(mustache: hbs.AST.MustacheStatement): void {
    if (!mustache.escaped) this.report({ code: 'triple_stash' }, mustache);
    const isCall = mustache.params.length > 0 || mustache.hash !== undefined;
    if (isCall || INLINE.has(nameOf(mustache.path))) this.inline(mustache);
    else checkPrinted(this, mustache.path);
  }

  override SubExpression(call: hbs.AST.SubExpression): void {
    this.nested(call, () => this.inline(call));
  }

  override PathExpression(path: hbs.AST.PathExpression): void {
    checkPath(this, path);
  }

  override BlockStatement(block: hbs.AST.BlockStatement): void {
    this.nested(block, () => {
      if ([block.program, block.inverse].some((part) => part?.blockParams?.length)) {
        this.report({ code: 'block_parameters' }, block);
      }
      checkCall(this, block, BLOCK_SHAPES);
      this.parameters(block);
      if (nameOf(block.path) === 'each') this.loop(block);
      else this.branches(block);
    });
  }

  override PartialStatement(partial: hbs.AST.PartialStatement): void {
    this.report({ code: 'partial' }, partial);
  }

  override PartialBlockStatement(partial: hbs.AST.PartialBlockStatement): void {
    this.report({ code: 'partial' }, partial);
  }

  override Decorator(decorator: hbs.AST.Decorator): void {
    this.report({ code: 'decorator' }, decorator);
  }

  override DecoratorBlock(block: hbs.AST.DecoratorBlock): void {
    this.report({ code: nameOf(block.path) === 'inline' ? 'inline_block' : 'decorator' }, block);
  }

  private inline(call: Call): void {
    checkCall(this, call, INLINE);
    this.parameters(call);
  }

  private parameters(call: Call): void {
    this.acceptArray(call.params);
    this.accept(call.hash);
  }

  private loop(block: hbs.AST.BlockStatement): void {
    if (this.loops > 0) this.report({ code: 'nested_each' }, block);
    const [list] = block.params;
    const known =
      list?.type === 'PathExpression' ? this.scope?.resolve(list as hbs.AST.PathExpression) : undefined;
    const field = known === 'loop' ? undefined : known;
    if (list && field && field.kind !== 'list')
      this.report({ code: 'not_a_list', params: { name: field.path } }, list);
    this.loops++;
    this.scope?.enterList(field?.kind === 'list' ? field : undefined);
    this.accept(block.program);
    this.scope?.leaveList();
    this.loops--;
    this.accept(block.inverse);
  }

  private branches(block: hbs.AST.BlockStatement): void {
    const tested = block.params[0]?.type === 'PathExpression' ? [nameOf(block.params[0])] : [];
    const name = nameOf(block.path);
    this.within(name === 'unless' ? [] : tested, block.program);
    this.within(name === 'unless' ? tested : [], block.inverse);
  }

  private within(present: readonly string[], part: hbs.AST.Program | undefined): void {
    if (!part) return;
    this.present.push(...present);
    // An `else if` is a block inside the else; to its author it is no deeper.
    const chained = 'chained' in part && part.chained === true;
    if (chained) this.depth--;
    this.accept(part);
    if (chained) this.depth++;
    this.present.splice(this.present.length - present.length);
  }

  private nested(node: hbs.AST.Node, visit: () => void): void {
    this.depth++;
    if (this.depth === L.depth + 1) this.report({ code: 'too_deep', params: { max: L.depth } }, node);
    visit();
    this.depth--;
  }
}
