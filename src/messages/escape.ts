/** Untrusted text made neutral for GitHub's Markdown. Everything that people, files or engines wrote goes through here. */
export { type BodySection, bodyLimit, fitBody } from './fit-body.ts';

// GitHub looks for mentions and references after Markdown is rendered, so a backslash does not stop it; an invisible
// character between sign and name does, and reads as before. Renovate does the same with text of release notes.
const gap = '&#8203;';

const longest = { inline: 2_000, code: 1_000, cell: 500, block: 20_000, fence: 20_000 };

/** One line of text: in a sentence, a list item or a heading. Line ends become spaces. */
export function escapeInline(text: string): string {
  return escapeLine(clip(singleLine(text), longest.inline));
}

/** Text of several lines, which stay lines; nothing in it becomes a heading, list, quote, table or code block. */
export function escapeBlock(text: string): string {
  return clip(clean(text), longest.block)
    .split('\n')
    .map((line) => escapeLine(line.trim()))
    .join('\n')
    .replace(/\n{3,}/g, '\n\n')
    .trim();
}

/** Text for a cell of a table. */
export function tableCell(text: string): string {
  return escapeLine(clip(singleLine(text), longest.cell));
}

/** Text as inline code: names, types, paths. Good in table cells too. Nothing for nothing. */
export function codeSpan(text: string): string {
  const line = clip(singleLine(text), longest.code);
  if (line === '') return '';
  // A table splits at a pipe even in code, and a backslash before it would be shown outside tables.
  if (line.includes('|')) return `<code>${escapeLine(line)}</code>`;
  const ticks = '`'.repeat(longestRun(line) + 1);
  const pad = line.startsWith('`') || line.endsWith('`') ? ' ' : '';
  return `${ticks}${pad}${line}${pad}${ticks}`;
}

/** Text as a code block whose fence is longer than any run of backticks in it. A `suggestion` is never shortened. */
export function fence(text: string, language: string): string {
  const cleaned = clean(text).replace(/\n$/, '');
  const code = language === 'suggestion' ? cleaned : clip(cleaned, longest.fence);
  const ticks = '`'.repeat(Math.max(3, longestRun(code) + 1));
  return `${ticks}${language.replace(/[^\w+-]/g, '')}\n${code}\n${ticks}`;
}

/** At most `max` code points, the last one an ellipsis where something was left out. */
export function clip(text: string, max: number): string {
  if (text.length <= max) return text;
  let taken = 0;
  let end = 0;
  let beforeLast = 0;
  for (const point of text) {
    if (taken === max) return `${text.slice(0, beforeLast)}…`;
    beforeLast = end;
    end += point.length;
    taken += 1;
  }
  return text;
}

/** Without control, direction and invisible characters; tabs and line ends stay. */
function clean(text: string): string {
  return text
    .toWellFormed()
    .replace(/\r\n?|[\u2028\u2029\u0085]/g, '\n')
    .replace(/(?![\n\t])[\p{Cc}\p{Cf}]/gu, '')
    .replace(/(\p{M}{4})\p{M}+/gu, '$1');
}

function singleLine(text: string): string {
  return clean(text).replace(/\s+/g, ' ').trim();
}

function longestRun(text: string): number {
  let length = 0;
  for (const [run] of text.matchAll(/`+/g)) length = Math.max(length, run.length);
  return length;
}

const replacements: Readonly<Record<string, string>> = {
  '&': '&amp;',
  '<': '&lt;',
  '>': '&gt;',
  // Entities, because a table and GitHub's formulas look at these signs before backslashes count.
  '|': '&#124;',
  $: '&#36;',
  '@': `@${gap}`,
  '#': `#${gap}`,
  '://': `:${gap}//`,
};

/** `line` holds no line end. One pass, so that nothing it writes is escaped again. */
function escapeLine(line: string): string {
  return line
    .replace(/[\\`*_[\]~]|[&<>|$]|@(?=\S)|#(?=\d)|:\/\/|\bgh-(?=\d)|\bwww(?=\.)/gi, (found) => {
      if (/^[a-z]/i.test(found)) return found + gap;
      return replacements[found] ?? `\\${found}`;
    })
    .replace(/^[#+=-]/, '\\$&')
    .replace(/^(\d+)([.)])/, '$1\\$2');
}
