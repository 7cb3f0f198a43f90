/** Unicode's East Asian Width: characters that take two columns of a terminal (UAX 11, wide and fullwidth). */
const wide =
  /[\u1100-\u115f\u231a\u231b\u2e80-\u303e\u3041-\u33ff\u3400-\u4dbf\u4e00-\ua4cf\ua960-\ua97f\uac00-\ud7a3\uf900-\ufaff\ufe30-\ufe6f\uff01-\uff60\uffe0-\uffe6\u{16fe0}-\u{18cff}\u{1b000}-\u{1b2fb}\u{1f200}-\u{1f265}\u{20000}-\u{3fffd}]|\p{Emoji_Presentation}|\ufe0f/u;

let segmenter: Intl.Segmenter | undefined;

/** The characters of a text as people count them. The segmenter takes milliseconds to make, and nearly no line needs it. */
export function graphemesOf(text: string): Intl.Segments {
  segmenter ??= new Intl.Segmenter('en', { granularity: 'grapheme' });
  return segmenter.segment(text);
}

/** How many columns of a terminal a text takes. It must hold no control characters. */
export function displayWidth(text: string): number {
  // Most of SQL is ASCII.
  if (/^[ -~\u2026]*$/.test(text)) return text.length;
  let width = 0;
  for (const { segment } of graphemesOf(text)) {
    if (/^[\p{M}\p{Cf}]+$/u.test(segment)) continue;
    width += /^[ -~]+$/.test(segment) ? segment.length : wide.test(segment) ? 2 : 1;
  }
  return width;
}
