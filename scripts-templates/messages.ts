import type { Locale } from './document.ts';

/**
 * The words for each of the linter's codes, `{name}` standing for a parameter. Each tells the author what is wrong
 * and what to do. The English ones are also the issues' `message`.
 */
export const ISSUE_TEXTS = {
  document_invalid: {
    en: 'The script does not have the right form here: {detail}.',
    'zh-CN': '话术此处格式不正确：{detail}。',
  },
  too_many_steps: {
    en: 'The script has {count} steps; at most {max} are allowed. Split it in two.',
    'zh-CN': '话术共有 {count} 个步骤，最多允许 {max} 个，请拆成两份。',
  },
  body_too_large: {
    en: "This step's text is longer than {max} bytes. Move part of it to another step.",
    'zh-CN': '本步骤文字超过 {max} 字节，请把一部分移到其他步骤。',
  },
  script_too_large: {
    en: 'The whole script is longer than {max} bytes. Shorten it or split it in two.',
    'zh-CN': '整份话术超过 {max} 字节，请缩短或拆成两份。',
  },
  duplicate_step: {
    en: 'Two steps have the id "{step}". Give one of them another.',
    'zh-CN': '有两个步骤的编号都是“{step}”，请改掉其中一个。',
  },
  start_missing: {
    en: 'The script starts at "{step}", which is not one of its steps.',
    'zh-CN': '话术的起始步骤“{step}”不存在。',
  },
  start_not_opening: {
    en: 'The first step is not an opening: the customer should hear who is calling and why.',
    'zh-CN': '第一个步骤不是开场白：应先让客户知道是谁来电、为何来电。',
  },
  branch_to_nowhere: {
    en: 'The branch "{label}" leads to "{step}", which is not one of the steps.',
    'zh-CN': '分支“{label}”指向的步骤“{step}”不存在。',
  },
  dead_end: {
    en: 'Nothing follows this step. Add a branch, or make it a "thank" step if the call ends here.',
    'zh-CN': '本步骤之后没有下文。请添加分支；若通话到此结束，请把类型设为“致谢”。',
  },
  unreachable_step: {
    en: 'No branch leads to this step from the start. Link it or delete it.',
    'zh-CN': '从起始步骤出发无法到达本步骤，请为它添加入口或将其删除。',
  },
  loop_without_exit: {
    en: 'From this step the agent can only go round in circles. Add a branch towards the end of the call.',
    'zh-CN': '从本步骤出发只能来回循环，请添加一个通向通话结束的分支。',
  },
  conditional_branches: {
    en: 'Every branch here has a condition; if none holds, all are shown. Leave one without.',
    'zh-CN': '本步骤的分支都带条件，若都不满足则会全部显示，请保留一个无条件分支。',
  },
  template_in_label: {
    en: 'Titles and labels are plain text: take the {{…}} out.',
    'zh-CN': '标题和分支名称只能是纯文字，请去掉 {{…}}。',
  },
  avoided_word: {
    en: '"{word}" is on the list of words not to say to customers.',
    'zh-CN': '“{word}”属于对客禁用语，请换一种说法。',
  },
  syntax_error: {
    en: 'The template cannot be read here: {detail}.',
    'zh-CN': '模板在此处无法解析：{detail}。',
  },
  too_many_tags: {
    en: 'This step has more than {max} tags. Split it.',
    'zh-CN': '本步骤的标签超过 {max} 个，请拆分。',
  },
  script_too_many_tags: {
    en: 'The whole script has more than {max} tags. Shorten it or split it in two.',
    'zh-CN': '整份话术的标签超过 {max} 个，请缩短或拆成两份。',
  },
  too_deep: {
    en: 'Blocks lie more than {max} deep in one another. Use branches of the script instead.',
    'zh-CN': '嵌套超过 {max} 层，请改用话术分支。',
  },
  nested_each: {
    en: 'A list inside a list is not allowed.',
    'zh-CN': '不允许在列表循环中再套列表循环。',
  },
  raw_html: {
    en: 'Scripts are plain text: HTML ("{text}") would be shown as it stands. Take it out.',
    'zh-CN': '话术为纯文本，HTML（“{text}”）会原样显示，请删除。',
  },
  triple_stash: {
    en: 'Write {{…}} with two braces: unescaped output is not allowed.',
    'zh-CN': '请使用双大括号 {{…}}，不允许输出未转义内容。',
  },
  raw_block: {
    en: 'Raw blocks ({{{{…}}}}) are not allowed.',
    'zh-CN': '不允许使用原始块 {{{{…}}}}。',
  },
  partial: {
    en: 'Partials ({{> …}}) are not allowed. Make it a step and branch to it.',
    'zh-CN': '不允许使用片段 {{> …}}，请做成步骤并用分支指向它。',
  },
  decorator: {
    en: 'Decorators ({{* …}}) are not allowed.',
    'zh-CN': '不允许使用装饰器 {{* …}}。',
  },
  inline_block: {
    en: 'Inline partials ({{#*inline …}}) are not allowed.',
    'zh-CN': '不允许使用内联片段 {{#*inline …}}。',
  },
  block_parameters: {
    en: "Block parameters (as |…|) are not allowed: write the item's field by its own name.",
    'zh-CN': '不允许使用块参数（as |…|），请直接写列表项的字段名。',
  },
  forbidden_name: {
    en: '"{name}" cannot be used as a field name.',
    'zh-CN': '“{name}”不能用作字段名。',
  },
  unknown_helper: {
    en: 'There is no helper called "{name}".',
    'zh-CN': '没有名为“{name}”的函数。',
  },
  helper_arguments: {
    en: '"{name}" takes {expected} values; here it has {count}.',
    'zh-CN': '“{name}”需要 {expected} 个参数，此处有 {count} 个。',
  },
  helper_option: {
    en: '"{name}" has no option called "{option}".',
    'zh-CN': '“{name}”没有名为“{option}”的选项。',
  },
  unknown_field: {
    en: 'There is no field called "{name}" here.',
    'zh-CN': '此处没有名为“{name}”的字段。',
  },
  not_printable: {
    en: '"{name}" cannot be printed as it is. Use {how}.',
    'zh-CN': '“{name}”不能直接输出，请使用 {how}。',
  },
  not_a_list: {
    en: '"{name}" is not a list.',
    'zh-CN': '“{name}”不是列表。',
  },
  no_fallback: {
    en: '"{name}" may be missing. Write {{fallback {name} "…"}} or put it inside {{#if {name}}}.',
    'zh-CN': '“{name}”可能为空，请写成 {{fallback {name} "…"}} 或放在 {{#if {name}}} 中。',
  },
} as const satisfies Readonly<Record<string, Readonly<Record<Locale, string>>>>;

export type ScriptIssueCode = keyof typeof ISSUE_TEXTS;

export type IssueParams = Readonly<Record<string, string | number>>;

/** The text for a code in a language, its parameters filled in. */
export function issueText(code: ScriptIssueCode, params: IssueParams, locale: Locale): string {
  return ISSUE_TEXTS[code][locale].replace(/\{([a-z]+)\}/g, (whole, name: string) =>
    Object.hasOwn(params, name) ? String(params[name]) : whole,
  );
}
