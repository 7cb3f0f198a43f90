import type { Line } from './lines.ts';

/**
 * What belongs to a line that begins something: the lines that follow without a gap, and a fence that stands right below,
 * until `stops`. `from` is the index after the first line. The fence's own marks are kept.
 */
export function following(
  lines: readonly Line[],
  from: number,
  first: string,
  stops: (text: string) => boolean,
): { readonly text: string; readonly next: number } {
  const parts = first.trim() === '' ? [] : [first.trim()];
  let at = from;
  let inFence = false;
  for (; at < lines.length; at++) {
    const line = lines[at] as Line;
    if (line.kind === 'code' && (line.fence || inFence)) {
      if (line.fence) inFence = !inFence;
      parts.push(line.text);
      continue;
    }
    if (line.text.trim() === '') {
      const below = lines.slice(at).find(({ text }) => text.trim() !== '');
      // A gap ends the text, unless nothing was said yet or what is announced is the code below.
      if (parts.length > 0 && below?.fence !== true) break;
      if (below === undefined) break;
      continue;
    }
    if (line.kind === 'text' && stops(line.text)) break;
    parts.push(line.text.trim());
  }
  return { text: parts.join('\n').trim(), next: at };
}
