import type { ScriptDocument } from '../document.ts';
import type { IssueList } from './issue.ts';

const MAX_WORDS = 1000;

/** Checks what is plain text: no tags in titles and labels, and no word of `avoid` in what is said. */
export function checkWords(document: ScriptDocument, avoid: readonly string[], issues: IssueList): void {
  const words = avoid.slice(0, MAX_WORDS).flatMap((word) => word.trim().toLowerCase() || []);
  for (const [index, step] of document.steps.entries()) {
    const place = { path: `/steps/${index}`, stepId: step.id };
    for (const text of [step.title, ...step.branches.map((branch) => branch.label)]) {
      if (text.includes('{{')) issues.add({ code: 'template_in_label' }, place);
    }
    const body = step.body.toLowerCase();
    for (const word of words) {
      const at = findWord(body, word);
      if (at < 0) continue;
      const before = body.slice(0, at).split('\n');
      const where = { path: `${place.path}/body`, stepId: step.id, line: before.length };
      const column = (before.at(-1)?.length ?? 0) + 1;
      issues.add({ code: 'avoided_word', severity: 'warning', params: { word } }, { ...where, column });
    }
  }
}

/** Where `word` stands; one of Latin letters only as a whole word, since "ass" is not in "assume". */
function findWord(body: string, word: string): number {
  const latin = /[a-z0-9]/;
  for (let at = body.indexOf(word); at >= 0; at = body.indexOf(word, at + 1)) {
    const cutsStart = latin.test(word[0] ?? '') && latin.test(body[at - 1] ?? '');
    const cutsEnd = latin.test(word.at(-1) ?? '') && latin.test(body[at + word.length] ?? '');
    if (!cutsStart && !cutsEnd) return at;
  }
  return -1;
}
