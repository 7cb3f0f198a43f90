import fc from 'fast-check';
import MarkdownIt from 'markdown-it';
import { describe, expect, it } from 'vitest';
import { clip, codeSpan, escapeBlock, escapeInline, fence, tableCell } from '../../src/messages/escape.ts';

const markdown = new MarkdownIt({ html: true, linkify: true, breaks: true });
const gap = '\u200b';

/** What a reader sees of rendered HTML. */
function seen(html: string): string {
  return html
    .replace(/<[^>]*>/g, '')
    .replaceAll('&lt;', '<')
    .replaceAll('&gt;', '>')
    .replaceAll('&quot;', '"')
    .replaceAll('&amp;', '&')
    .replaceAll(gap, '');
}

/** GitHub's own looks after rendering: people, teams, issues, addresses. */
const references = [/@[\w-]/, /#\d/, /\bGH-\d/i, /\b(?:https?|ftp):\/\//i, /\bwww\./i];

const hostile = [
  '@octocat and @org/team',
  'fixes #12, closes owner/repo#1, resolves GH-3',
  'closes https://github.com/o/r/issues/1',
  'www.example.com http://example.com mail@example.com',
  '<img src=x onerror=alert(1)><script>alert(1)</script><!-- hidden',
  '![pixel](https://example.com/x.png) [link](javascript:alert(1)) [ref]: x',
  '<https://example.com> <a@b.c>',
  '# Heading',
  '- item',
  '+ item',
  '* item',
  '1. item',
  '2) item',
  '> quote',
  '---',
  '===',
  '    code',
  '\tcode',
  '```',
  '~~~',
  '`` ` ``',
  '**bold** _it_ ~~gone~~',
  'a | b | c',
  '$x^2$ $$y$$',
  '&amp; &#64;octocat &lt;b&gt;',
  '\\@octocat \\# \\\\',
  'order_items.user_id',
  '[x] done',
  '[^1] note',
  '| a |\n| - |\n| b |',
  'Title\n=====',
  '@\u200boctocat @\u202eoctocat',
  '#\u200b12',
  'G\u200bH-12',
  'h\u200bttps://example.com',
];
const texts = fc.oneof(
  fc.constantFrom(...hostile),
  fc
    .array(fc.constantFrom(...hostile, ...'@#`|<>[]()!*_~$\\&\n\r -+=.1aG/:w'), { maxLength: 12 })
    .map((parts) => parts.join('')),
  fc.string({ unit: 'binary' }),
);

describe.each([
  ['escapeInline', escapeInline, (text: string) => markdown.render(text)],
  [
    'escapeInline in a heading',
    escapeInline,
    (text: string) => markdown.render(`## a ${text}`).replaceAll(/<\/?h2>/g, ''),
  ],
  ['escapeBlock', escapeBlock, (text: string) => markdown.render(text)],
  ['tableCell', tableCell, (text: string) => markdown.render(`| a | b |\n| - | - |\n| x | ${text} |`)],
] as const)('%s', (_name, neutral, render) => {
  it('leaves nothing that GitHub would act upon', () => {
    fc.assert(
      fc.property(texts, (text) => {
        const html = render(neutral(text));
        expect(html.replace(/<\/?(?:p|br|table|thead|tbody|tr|th|td|h2)>/g, '')).not.toMatch(/<[a-z!/]/i);
        const visible = html.replaceAll('&lt;', '<').replaceAll('&gt;', '>').replaceAll('&amp;', '&');
        for (const reference of references) expect(visible).not.toMatch(reference);
      }),
      { numRuns: 500 },
    );
  });

  it('is idle on plain words', () => {
    expect(neutral('A plain sentence, with (brackets); and "quotes": 100% of it!')).toBe(
      'A plain sentence, with (brackets); and "quotes": 100% of it!',
    );
  });
});

describe('escapeInline', () => {
  it.each([
    ['order_items', 'order\\_items'],
    ['@octocat', '@&#8203;octocat'],
    ['fixes #12', 'fixes #&#8203;12'],
    ['GH-7', 'GH-&#8203;7'],
    ['https://a.b/c', 'https:&#8203;//a.b/c'],
    ['a | b', 'a &#124; b'],
    ['two\r\nlines\u2028here', 'two lines here'],
    ['\u202ereversed\u202c\u0000\u001b[31m', 'reversed\\[31m'],
    ['# no heading', '\\# no heading'],
    ['12. no list', '12\\. no list'],
    ['x @ y # z', 'x @ y # z'],
    ['Zażółć 日本語 🐘', 'Zażółć 日本語 🐘'],
  ])('%j becomes %j', (text, expected) => {
    expect(escapeInline(text)).toBe(expected);
  });

  it('shows the reader every word as it was written', () => {
    fc.assert(
      fc.property(fc.constantFrom(...hostile), (text) => {
        const words = (sentence: string) => sentence.replace(/[\u200b-\u200f\u202a-\u202e\s]+/g, '');
        expect(words(seen(markdown.renderInline(escapeInline(text))))).toBe(words(text));
      }),
    );
  });

  it('can be given to map', () => {
    expect(['a', 'b', 'c'].map(escapeInline)).toEqual(['a', 'b', 'c']);
  });

  it('is limited in length, and quick on a megabyte', () => {
    expect([...escapeInline('🐘'.repeat(500_000))]).toHaveLength(2_000);
  });
});

describe('escapeBlock', () => {
  it('keeps lines as lines', () => {
    expect(escapeBlock('one\r\n\r\n\r\n\r\n  - two\n# three')).toBe('one\n\n\\- two\n\\# three');
  });
});

describe('tableCell', () => {
  it('keeps a row of a table one row of as many cells', () => {
    fc.assert(
      fc.property(texts, (text) => {
        const html = markdown.render(`| a | b |\n| - | - |\n| x | ${tableCell(text)} |`);
        expect([html.match(/<tr>/g)?.length, html.match(/<td>/g)?.length]).toEqual([2, 2]);
      }),
    );
  });
});

describe('codeSpan', () => {
  it.each([
    ['orders', '`orders`'],
    ['a`b', '``a`b``'],
    ['`', '`` ` ``'],
    ['``x', '``` ``x ```'],
    ['a\nb', '`a b`'],
    ['@octocat #1', '`@octocat #1`'],
    ['a|b', '<code>a&#124;b</code>'],
    ['', ''],
    [' \n', ''],
  ])('%j becomes %j', (text, expected) => {
    expect(codeSpan(text)).toBe(expected);
  });

  it('is one piece of code, in a sentence and in a table', () => {
    fc.assert(
      fc.property(texts, (text) => {
        const span = codeSpan(text);
        fc.pre(span !== '');
        expect(markdown.renderInline(`a ${span} b`)).toMatch(/^a <code>[^<]*<\/code> b$/);
        const row = markdown.render(`| a | b |\n| - | - |\n| x | ${span} |`);
        expect(row).toMatch(/<td>x<\/td>\n<td><code>[^<]*<\/code><\/td>\n<\/tr>/);
      }),
    );
  });
});

describe('fence', () => {
  it.each([
    ['SELECT 1;', 'sql', '```sql\nSELECT 1;\n```'],
    ['SELECT 1;\n', 'sql', '```sql\nSELECT 1;\n```'],
    ['```\nx\n```', 'text', '````text\n```\nx\n```\n````'],
    ['a\r\nb', '', '```\na\nb\n```'],
    ['x', 'sql\n@octocat ```', '```sqloctocat\nx\n```'],
    ['', 'sql', '```sql\n\n```'],
    ['\ttab stays, \u202ereversed does not', 'text', '```text\n\ttab stays, reversed does not\n```'],
  ])('%j as %j', (text, language, expected) => {
    expect(fence(text, language)).toBe(expected);
  });

  it('holds all of the text and nothing else', () => {
    fc.assert(
      fc.property(texts, (text) => {
        const tokens = markdown.parse(`${fence(text, 'sql')}\n\nbehind`, {});
        expect(tokens.map(({ type }) => type)).toEqual(['fence', 'paragraph_open', 'inline', 'paragraph_close']);
      }),
    );
  });

  it('shortens a long text, but never a suggestion', () => {
    const text = 'x'.repeat(60_000);
    expect(fence(text, 'sql').length).toBeLessThan(21_000);
    expect(fence(text, 'suggestion')).toContain(text);
  });
});

describe('clip', () => {
  it.each([
    ['abc', 3, 'abc'],
    ['abcd', 3, 'ab…'],
    ['🐘🐘🐘', 3, '🐘🐘🐘'],
    ['🐘🐘🐘🐘', 3, '🐘🐘…'],
    ['', 1, ''],
    ['ab', 1, '…'],
  ])('%j to %i is %j', (text, max, expected) => {
    expect(clip(text, max)).toBe(expected);
  });

  it('never exceeds the limit and never halves a character', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'binary' }), fc.integer({ min: 1, max: 20 }), (text, max) => {
        const clipped = clip(text, max);
        expect([...clipped].length).toBeLessThanOrEqual(max);
        expect(clipped.isWellFormed()).toBe(true);
      }),
    );
  });
});
