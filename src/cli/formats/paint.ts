import { styleText } from 'node:util';
import type { Level } from '../../sql/finding.ts';

/** A color, or another look that a terminal can give to text. */
type Style = Extract<Parameters<typeof styleText>[0], string>;

/** Gives text a look, where there is somebody to see it. */
export type Paint = (style: Style | readonly Style[], text: string) => string;

export const noPaint: Paint = (_style, text) => text;

/** Colors where a stream shows them: on a terminal, unless NO_COLOR says otherwise, or where FORCE_COLOR asks for them. */
export function paintFor(stream: NodeJS.WritableStream): Paint {
  const paint: Paint = (style, text) => styleText([style].flat(), text, { stream });
  // Asked once: a report has thousands of texts.
  return paint('red', 'x') === 'x' ? noPaint : paint;
}

export const styleOf: Readonly<Record<Level, Style>> = { error: 'red', warning: 'yellow', notice: 'cyan' };
