import { plain } from './markdown.ts';

/** A line of a comment that a reader sees as the author's own words, or as code that the author shows. */
export interface Line {
  readonly kind: 'text' | 'code';
  readonly text: string;
  /** Of code: whether the line opens or closes its fence. */
  readonly fence: boolean;
}

const opening = /^ {0,3}(`{3,}|~{3,})([^`]*)$/;

/** The lines of a comment without quoted replies and without HTML comments. Fenced and indented lines are code. */
export function linesOf(comment: string): readonly Line[] {
  const lines: Line[] = [];
  let fence: string | undefined;
  let hidden = false;
  for (const raw of plain(comment).split('\n')) {
    if (fence !== undefined) {
      const closes = raw.trim().length >= fence.length && raw.trim().startsWith(fence) && /^[`~]+$/.test(raw.trim());
      lines.push({ kind: 'code', text: raw, fence: closes });
      if (closes) fence = undefined;
      continue;
    }
    const [text, isHidden] = withoutComments(raw, hidden);
    const wasHidden = hidden;
    hidden = isHidden;
    if (wasHidden && text.trim() === '') continue;
    const open = opening.exec(text)?.[1];
    if (open !== undefined) {
      fence = open;
      lines.push({ kind: 'code', text, fence: true });
    } else if (/^ {4}|^\t/.test(text) && text.trim() !== '') lines.push({ kind: 'code', text, fence: false });
    else if (!/^ {0,3}>/.test(text)) lines.push({ kind: 'text', text, fence: false });
  }
  return lines;
}

/** The line without what stands in HTML comments, and whether one is still open at its end. */
function withoutComments(line: string, hidden: boolean): readonly [string, boolean] {
  let text = '';
  let at = 0;
  let inside = hidden;
  while (at < line.length) {
    const next = line.indexOf(inside ? '-->' : '<!--', at);
    if (next === -1) return [inside ? text : text + line.slice(at), inside];
    if (!inside) text += line.slice(at, next);
    at = next + (inside ? 3 : 4);
    inside = !inside;
  }
  return [text, inside];
}
