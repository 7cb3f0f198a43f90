import { closingFence } from './fenced.ts';

/** A part of a comment. */
export interface BodySection {
  /** Markdown. An empty one is left out. */
  readonly text: string;
  /** 0 always stays; of the others, the highest goes first. */
  readonly priority: number;
  /** A shorter form, tried before the section is left out. */
  readonly shorter?: string;
  /** What the section holds, as a noun phrase, for the sentence that says what is missing. */
  readonly title?: string;
}

/** What GitHub takes as a comment, an issue body or a review body, in characters (GITHUB.md, section 6). */
export const bodyLimit = 65_536;

// Whoever calls appends a marker, which is short beside this.
const reserve = 16_000;

/**
 * Puts sections together with blank lines between. Where they exceed `limit` (by default GitHub's, less room for a
 * marker), the least important ones are shortened or left out, and a sentence in their place says so. Sections of
 * priority 0 that exceed it by themselves are cut.
 */
export function fitBody(sections: readonly BodySection[], limit = bodyLimit - reserve): string {
  const given = sections.filter(({ text }) => text !== '');
  const texts = given.map(({ text }) => text);
  const order = given
    .map((section, index) => ({ ...section, index }))
    .filter(({ priority }) => priority > 0)
    .toSorted((a, b) => b.priority - a.priority || b.index - a.index);

  const fits = () => lengthOf(texts) <= limit;
  for (const { index, shorter, title } of order) {
    if (!fits() && shorter !== undefined) texts[index] = shorter;
    if (!fits()) texts[index] = leftOut(title);
  }
  return fits() ? texts.join('\n\n') : cut(texts.join('\n\n'), limit);
}

function lengthOf(texts: readonly string[]): number {
  return texts.reduce((sum, text) => sum + text.length, 0) + 2 * Math.max(0, texts.length - 1);
}

function leftOut(title: string | undefined): string {
  const what = title === undefined ? 'A part' : title;
  return `_${what} is left out here, because GitHub takes no longer comments._`;
}

/** Cut at the end of a line, with whatever fence was open there closed. */
function cut(body: string, limit: number): string {
  const note = '\n\n_The rest is left out here, because GitHub takes no longer comments._';
  let kept = wholeLines(body, limit - note.length);
  // A hostile fence can be thousands of backticks long, and its end as long again.
  if (closingFence(kept) !== '') kept = wholeLines(kept, limit - note.length - closingFence(kept).length - 1);
  const fence = closingFence(kept);
  return `${kept}${fence === '' ? '' : `\n${fence}`}${note}`;
}

function wholeLines(text: string, room: number): string {
  const kept = text.slice(0, Math.max(0, room));
  return kept.slice(0, Math.max(0, kept.lastIndexOf('\n')));
}
