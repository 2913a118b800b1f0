/** A paragraph of what is said: lines of plain text, none of them empty. Never HTML: show it as text. */
export interface Paragraph {
  lines: string[];
}

/** Splits rendered text at empty lines into paragraphs and mends what a value left out leaves behind. */
export function toParagraphs(text: string): Paragraph[] {
  return text
    .split(/\n[ \t\r]*\n/)
    .map((part) => ({
      lines: part
        .split('\n')
        .map(mend)
        .filter((line) => line !== ''),
    }))
    .filter((paragraph) => paragraph.lines.length > 0);
}

/** "Hi , welcome" → "Hi, welcome"; "，您好" → "您好"; "您好，，" → "您好，". */
function mend(line: string): string {
  return line
    .replace(/[ \t\r]+/g, ' ')
    .replace(/ +([,;!?](?=\s|$)|[，。、；！？])/g, '$1')
    .replace(/([，、；,;])(?:\s*[，、；,;])+/g, '$1')
    .replace(/^\s*[，、；,;]\s*/, '')
    .trim();
}
