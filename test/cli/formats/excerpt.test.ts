import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { excerptOf } from '../../../src/cli/formats/excerpt.ts';
import { displayWidth } from '../../../src/cli/formats/width.ts';

const span = (line: number, column: number, endLine: number, endColumn: number) => ({
  line,
  column,
  endLine,
  endColumn,
});

/** As it is printed: text and marks below each other. */
function shown(text: string, at: ReturnType<typeof span>, width = 40): readonly string[] {
  return excerptOf(text.split('\n'), at, width).flatMap(({ text: line, marks }) =>
    marks === undefined ? [line] : [line, marks],
  );
}

describe('excerptOf', () => {
  it.each<[string, string, ReturnType<typeof span>, readonly string[]]>([
    ['a part of a line', 'DROP TABLE a;', span(1, 6, 1, 11), ['DROP TABLE a;', '     ^^^^^']],
    ['tabs as four blanks', '\tDROP\tTABLE a;', span(1, 2, 1, 6), ['    DROP    TABLE a;', '    ^^^^']],
    ['marked tabs', 'a\tb', span(1, 1, 1, 4), ['a    b', '^^^^^^']],
    ['wide characters', "'你好' x", span(1, 2, 1, 4), ["'你好' x", ' ^^^^']],
    ['what follows wide characters', "'你好' x", span(1, 6, 1, 7), ["'你好' x", '       ^']],
    ['an emoji of two halves', '-- 😀 x', span(1, 7, 1, 8), ['-- 😀 x', '      ^']],
    ['a letter with a combining mark', 'e\u0301 x', span(1, 4, 1, 5), ['e\u0301 x', '  ^']],
    ['carriage returns', 'DROP a;\r\nDROP b;\r', span(2, 1, 2, 7), ['DROP b;', '^^^^^^']],
    [
      'several lines, without their indentation',
      'ALTER TABLE a\n    ADD b int,\n    ADD c int;\n',
      span(1, 1, 3, 14),
      ['ALTER TABLE a', '^^^^^^^^^^^^^', '    ADD b int,', '    ^^^^^^^^^^', '    ADD c int;', '    ^^^^^^^^^'],
    ],
    ['an empty line between', 'A\n\nB', span(1, 1, 3, 2), ['A', '^', '', 'B', '^']],
    ['a place behind the end', 'abc', span(1, 4, 1, 4), ['abc', '   ^']],
    ['an empty span', 'abc', span(1, 2, 1, 2), ['abc', ' ^']],
    ['control characters', 'a\u0000b', span(1, 3, 1, 4), ['a\\u0000b', '       ^']],
  ])('shows %s', (_what, text, at, expected) => {
    expect(shown(text, at)).toEqual(expected);
  });

  it('shows the first lines of a long statement', () => {
    const text = Array.from({ length: 100 }, (_, index) => `line ${index}`).join('\n');
    expect(excerptOf(text.split('\n'), span(11, 1, 90, 1), 40).map(({ number }) => number)).toEqual([
      11, 12, 13, 14, 15, 16,
    ]);
  });

  it('clips a long line around what is marked', () => {
    const text = `INSERT ${'x'.repeat(5_000)} HERE ${'y'.repeat(5_000)}`;
    const column = text.indexOf('HERE') + 1;
    const [line, marks] = shown(text, span(1, column, 1, column + 4), 60);
    expect(line).toMatch(/^…x{19} HERE y+…$/);
    expect(line).toHaveLength(60);
    expect(marks).toBe(`${' '.repeat(21)}^^^^`);
  });

  it('shows the end of a long line as the end', () => {
    const text = `${'x'.repeat(500)} DROP b;`;
    expect(shown(text, span(1, 502, 1, 508), 40)[0]).toMatch(/^…x{19} DROP b;$/);
  });

  it('keeps to the width, and below the text', () => {
    fc.assert(
      fc.property(
        fc.string({ unit: fc.constantFrom('a', ' ', '\t', '你', '😀', 'é', '\u0001', "'"), maxLength: 120 }),
        fc.nat(130),
        fc.nat(130),
        fc.integer({ min: 20, max: 60 }),
        (text, from, length, width) => {
          const column = Math.min(from, text.length) + 1;
          const [line] = excerptOf([text], span(1, column, 1, column + length), width);
          expect(displayWidth(line?.text ?? '')).toBeLessThanOrEqual(width);
          expect(line?.marks?.length ?? 0).toBeLessThanOrEqual(width + 1);
        },
      ),
    );
  });

  it('is quick with a line of megabytes', () => {
    const text = `DROP TABLE a; ${'x'.repeat(8_000_000)}`;
    expect(shown(text, span(1, 1, 1, 13))[0]?.length ?? 0).toBeLessThanOrEqual(40);
  });
});
