import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { readAnswers } from '../../src/requests/answers.ts';
import { readCommands } from '../../src/requests/commands.ts';
import { formLabels } from '../../src/requests/form/labels.ts';
import { numberQuestions } from '../../src/requests/questions.ts';
import { ask, problemsOf } from './shop.ts';

/** Fragments that readers stumble over, to be put together at random. */
const fragment = fc.oneof(
  fc.constantFrom(
    'add',
    'drop',
    'rename',
    'make',
    'set',
    'index',
    'orders',
    'customers',
    'total',
    'status',
    'column',
    'columns',
    'table',
    'to',
    'from',
    'on',
    'and',
    ',',
    '.',
    ';',
    ':',
    '(',
    ')',
    '`',
    "'",
    '"',
    '``',
    '```',
    '\n',
    '\n\n',
    '\n- ',
    '\n> ',
    '\n### ',
    '|',
    '->',
    'not',
    'null',
    'must',
    'should',
    'be',
    'unique',
    'default',
    '0',
    "'new'",
    'numeric(10,2)',
    'text',
    'number',
    'where',
    'it',
    'them',
    'references',
    'foreign key',
    'is slow',
    'under 200 ms',
    '<!--',
    '-->',
    '~~',
    '*',
    '_',
    'constructor',
    '__proto__',
    'toString',
    'SELECT',
    'ALTER TABLE',
    '/db',
    'answer',
    '1:',
    '1b',
    '\u200b',
    '\u0000',
    '\u202e',
    '😀',
    'é',
    'İ',
    'ß',
    '\ud800',
    '\r\n',
    '\t',
    '    ',
    '_No response_',
    '- [ ] ',
    'orders.total',
    'a.b.c.d',
    '$1',
    '::',
    '||',
    '--',
    '/*',
    '\\',
    '%',
  ),
  fc.string({ maxLength: 8, unit: 'binary' }),
);
const text = fc.array(fragment, { maxLength: 40 }).map((parts) => parts.join(' '));

describe('any text', () => {
  it('is read without an exception, the same way twice, into goals that can be applied', () => {
    fc.assert(
      fc.property(text, text, (title, body) => {
        const understood = ask(body, {}, { title });
        expect(ask(body, {}, { title })).toEqual(understood);
        if (understood.questions.length === 0) expect(problemsOf(understood)).toEqual([]);
      }),
      { numRuns: 400 },
    );
  });

  it('is taken as an answer to any question without an exception', () => {
    const request =
      'Add `discount` to orders. Add an index on ordrs(foo). Make orders.total required. Drop legacy from customers. Rename orders.total to status. ' +
      'customers.email must be unique. Create table coupons. The orders report is slow. Set a default for orders.status. Backfill orders.code.';
    const asked = ask(request).asked.map(({ id }) => id);
    expect(asked.length).toBeGreaterThan(8);
    fc.assert(
      fc.property(fc.constantFrom(...asked), text, (id, answer) => {
        const understood = ask(request, { [id]: answer });
        expect(understood.asked.map((question) => question.id)).toContain(id);
      }),
      { numRuns: 300 },
    );
  });

  it('gives every question one id, which a sentence elsewhere does not change', () => {
    fc.assert(
      fc.property(text, (body) => {
        const ids = ask(body).asked.map(({ id }) => id);
        expect(new Set(ids).size).toBe(ids.length);
        const previous = numberQuestions([], ask(body)).map(({ id, number }) => ({ id, number }));
        const again = numberQuestions(previous, ask(body));
        expect(again.map(({ id, number }) => ({ id, number }))).toEqual(previous);
      }),
      { numRuns: 200 },
    );
  });

  it('holds commands and answers or none, but no exception', () => {
    const asked = [{ number: 1, id: 'one', choices: ['Yes', 'No'] }];
    fc.assert(
      fc.property(text, (body) => {
        readCommands(body);
        readAnswers([{ author: 'a', body, createdAt: '1' }], asked);
        formLabels(body);
      }),
      { numRuns: 400 },
    );
  });
});

describe('huge and twisted text', () => {
  const times = (piece: string, count: number) => piece.repeat(count);
  const rows: readonly (readonly [string, string])[] = [
    [
      '10,000 lines of wishes',
      Array.from({ length: 10_000 }, (_, at) => `Add column c${at} text to orders.`).join('\n'),
    ],
    ['10,000 entries of a list', times('- add index on orders(status)\n', 10_000)],
    ['10,000 rows of a table', `| a | b |\n|---|---|\n${times('| x | y |\n', 10_000)}`],
    ['one sentence of 20,000 names', `Add ${times('a and b, ', 10_000)} to orders`],
    ['open brackets', `Add column ${times('(', 50_000)}`],
    ['calls within calls', `Set the default of status to ${times('a(', 30_000)}`],
    ['quotes', times("'", 60_000)],
    ['backquotes', times('`a', 30_000)],
    ['dots', times('a.', 30_000)],
    ['hyphens', times('a-', 30_000)],
    ['angle brackets', times('<', 60_000)],
    ['open comments', times('<!-- ', 20_000)],
    ['open fences', times('```\n', 20_000)],
    ['quotes of quotes', `${times('> ', 5_000)}x`],
    ['stars', times('*a', 30_000)],
    ['links', times('[', 30_000)],
    ['digits', times('1', 60_000)],
    ['numbered', times('1: a; ', 10_000)],
    ['spaces', `${times(' ', 60_000)}x`],
    ['statements', `\`\`\`sql\n${times('ALTER TABLE orders ADD COLUMN x int;\n', 2_000)}\`\`\``],
    ['broken statements', `\`\`\`sql\n${times('CREAT TABLE;\n', 2_000)}\`\`\``],
    ['commands', times('/db answer 1 x\n', 5_000)],
    ['combining characters', times('a\u0301\u200b😀', 15_000)],
  ];
  // A reader whose time grows faster than the text would not come to an end within the suite's limit.
  it.each(rows)('%s', (_name, body) => {
    const understood = ask(body, {}, { title: body.slice(0, 256) });
    expect(understood.goals.length).toBeLessThanOrEqual(2_000);
    readAnswers([{ author: 'a', body, createdAt: '1' }], [{ number: 1, id: 'one', choices: ['Yes', 'No'] }]);
    readCommands(body);
  });

  it('is said to be too much rather than cut in silence', () => {
    const body = Array.from({ length: 300 }, (_, at) => `Add column c${at} text to orders.`).join('\n');
    const understood = ask(body);
    expect(understood.goals).toHaveLength(200);
    expect(understood.notUnderstood).toEqual(['100 more wishes: please split the request.']);
  });
});
