import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { bodyLimit, fitBody } from '../../src/messages/fit-body.ts';

const long = 'x'.repeat(1_000);

describe('fitBody', () => {
  it('joins what fits and skips what is empty', () => {
    expect(
      fitBody([
        { priority: 0, text: 'a' },
        { priority: 3, text: '' },
        { priority: 1, text: 'b' },
      ]),
    ).toBe('a\n\nb');
  });

  it('leaves out the least important section, and says so in its place', () => {
    const sections = [
      { priority: 0, text: 'head' },
      { priority: 2, text: long, title: 'The list of findings' },
      { priority: 1, text: long },
      { priority: 0, text: 'tail' },
    ];
    expect(fitBody(sections, 1_200)).toBe(
      `head\n\n_The list of findings is left out here, because GitHub takes no longer comments._\n\n${long}\n\ntail`,
    );
  });

  it('tries the shorter form first', () => {
    expect(fitBody([{ priority: 1, text: long, shorter: 'in short' }], 500)).toBe('in short');
  });

  it('keeps the earlier of two equals', () => {
    const [first, second] = ['a'.repeat(600), 'b'.repeat(600)];
    expect(
      fitBody(
        [
          { priority: 1, text: first },
          { priority: 1, text: second },
        ],
        1_000,
      ),
    ).toMatch(/^a{600}\n\n_A part is left out/);
  });

  it('cuts what must stay but cannot, at the end of a line and with fences closed', () => {
    const body = fitBody([{ priority: 0, text: `Text\n\`\`\`\`sql\n${'SELECT 1;\n'.repeat(1_000)}\`\`\`\`` }], 2_000);
    expect(body).toMatch(/SELECT 1;\n````\n\n_The rest is left out here, because GitHub takes no longer comments\._$/);
    expect(body.length).toBeLessThanOrEqual(2_000);
  });

  it('leaves room for a marker below the limit of GitHub', () => {
    const body = fitBody([{ priority: 0, text: `${long}\n`.repeat(100) }]);
    expect(body.length).toBeLessThanOrEqual(bodyLimit - 16_000);
  });

  it('never exceeds its limit', () => {
    const text = fc
      .array(fc.oneof(fc.string(), fc.constantFrom('`'.repeat(900), '~'.repeat(40), '\n', 'word '.repeat(50))), {
        maxLength: 40,
      })
      .map((parts) => parts.join('\n'));
    const section = fc.record({ priority: fc.nat(3), text });
    fc.assert(
      fc.property(fc.array(section, { maxLength: 8 }), (sections) => {
        expect(fitBody(sections, 2_000).length).toBeLessThanOrEqual(2_000);
      }),
    );
  });
});
