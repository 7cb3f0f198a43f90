import { type Line, linesOf } from './fenced.ts';

/** A line with a box. */
export interface Item {
  readonly text: string;
  readonly done: boolean;
}

const box = /^(\s*[-*+] \[)([ xX])(\] +)(.*?)\s*$/;

/** The boxes of a section, in order. */
export function itemsOf(body: string, title: string): readonly Item[] {
  return linesIn(body, title).flatMap(({ text, fenced }) => {
    const [, , mark, , words] = box.exec(text) ?? [];
    return fenced || mark === undefined || words === undefined ? [] : [{ text: words, done: mark !== ' ' }];
  });
}

/** Everything in a section below its heading, without blank lines around. */
export function sectionText(body: string, title: string): string {
  return linesIn(body, title)
    .map(({ text }) => text)
    .join('\n')
    .replace(/^\s*\n|\s+$/g, '');
}

/** Ticks the box with that text where `done`, or adds it at the section's end where it is absent. */
export function tick(body: string, title: string, item: Item, eol: string): string {
  const found = linesIn(body, title).find(({ text, fenced }) => !fenced && box.exec(text)?.[4] === item.text);
  if (found === undefined) return addItem(body, title, `- [${item.done ? 'x' : ' '}] ${item.text}`, eol);
  const [, before = '', mark] = box.exec(found.text) ?? [];
  if (!item.done || mark !== ' ') return body;
  const at = found.start + before.length;
  return `${body.slice(0, at)}x${body.slice(at + 1)}`;
}

/** Adds a line at the end of a section, which is made where it is absent, unless the section has that line already. */
export function addItem(body: string, title: string, line: string, eol: string): string {
  const heading = headings(body).find((candidate) => candidate.title === title);
  if (heading === undefined) {
    const gap = body === '' || body.endsWith('\n') ? eol : eol + eol;
    return `${body}${gap}## ${title}${eol}${eol}${line}${eol}`;
  }
  const lines = linesIn(body, title);
  if (lines.some(({ text }) => text === line)) return body;
  const last = lines.findLast(({ text }) => text.trim() !== '');
  const behind = last ?? heading.line;
  const at = behind.start + behind.text.length;
  return `${body.slice(0, at)}${eol}${last === undefined ? eol : ''}${line}${body.slice(at) === '' ? eol : body.slice(at)}`;
}

interface Heading {
  /** Of a section; the file's own title and the like end a section and begin none. */
  readonly title: string | undefined;
  readonly line: Line;
  /** Of the line, among all lines. */
  readonly index: number;
}

function headings(body: string): readonly Heading[] {
  return linesOf(body).flatMap((line, index) => {
    const [, signs, title] = /^ {0,3}(##?)(?:\s+(.*?)\s*#*)?\s*$/.exec(line.text) ?? [];
    return line.fenced || signs === undefined ? [] : [{ title: signs === '##' ? title : undefined, line, index }];
  });
}

/** The lines between the first heading of that title and the next heading of its level or above. */
function linesIn(body: string, title: string): readonly Line[] {
  const all = headings(body);
  const which = all.findIndex((heading) => heading.title === title);
  const from = all[which];
  return from === undefined ? [] : linesOf(body).slice(from.index + 1, all[which + 1]?.index);
}
