import { describe, expect, it } from 'vitest';
import { readAnswers } from '../../src/requests/answers.ts';
import type { AskedQuestion } from '../../src/requests/questions.ts';

const asked: readonly AskedQuestion[] = [
  { number: 1, id: 'one', choices: ['numeric(12,2)', 'integer', 'numeric(5,2)'] },
  { number: 2, id: 'two', choices: ['No, nothing uses it', 'Yes: do not drop it yet'] },
  { number: 3, id: 'three', choices: [] },
];
const comment = (body: string, createdAt = '2026-01-01T00:00:00Z', author = 'bob') => ({ author, body, createdAt });
const texts = (body: string, questions = asked) =>
  Object.fromEntries([...readAnswers([comment(body)], questions).answers].map(([id, { text }]) => [id, text]));

describe('an answer', () => {
  const rows: readonly (readonly [string, Readonly<Record<string, string>>])[] = [
    ['1: integer', { one: 'integer' }],
    ['1:integer', { one: 'integer' }],
    ['1. integer', { one: 'integer' }],
    ['1) integer', { one: 'integer' }],
    ['(1) integer', { one: 'integer' }],
    ['1 - integer', { one: 'integer' }],
    ['1 – integer', { one: 'integer' }],
    ['1 = integer', { one: 'integer' }],
    ['**1**: integer', { one: 'integer' }],
    ['**1:** integer', { one: 'integer' }],
    ['- 1: integer', { one: 'integer' }],
    ['Q1: integer', { one: 'integer' }],
    ['question 1: integer', { one: 'integer' }],
    ['#1: integer', { one: 'integer' }],
    ['1 integer', { one: 'integer' }],
    ['1: b', { one: 'integer' }],
    ['1: B)', { one: 'integer' }],
    ['1: 2', { one: 'integer' }],
    ['2: 2', { two: 'Yes: do not drop it yet' }],
    ['1b', { one: 'integer' }],
    ['1b, 2a', { one: 'integer', two: 'No, nothing uses it' }],
    ['1: numeric(10,2)', { one: 'numeric(10,2)' }],
    ['2: yes', { two: 'Yes: do not drop it yet' }],
    ['2: No.', { two: 'No, nothing uses it' }],
    [
      '1: integer\n2: no\n3: whatever you like',
      { one: 'integer', two: 'No, nothing uses it', three: 'whatever you like' },
    ],
    ['1: integer; 2: no', { one: 'integer', two: 'No, nothing uses it' }],
    ['3: first line\nsecond line\n\nThanks!', { three: 'first line\nsecond line' }],
    ['3:\n```sql\nselect 1;\n2: no\n```\n1: integer', { three: '```sql\nselect 1;\n2: no\n```', one: 'integer' }],
    ['3: this query\n\n```sql\nselect 1\n```', { three: 'this query\n```sql\nselect 1\n```' }],
    ['Hello,\n\n1: integer\n\nand thanks', { one: 'integer' }],
    ['> 1: numeric(12,2)\n\n1: integer', { one: 'integer' }],
    ['```\n1: integer\n```', {}],
    ['    1: integer', {}],
    ['<!-- 1: integer -->', {}],
    ['1: integer\r\n2: no\r\n', { one: 'integer', two: 'No, nothing uses it' }],
    ['/db answer 1 integer', { one: 'integer' }],
    ['/db answer 1: b\n/db answer 2 no', { one: 'integer', two: 'No, nothing uses it' }],
    ['1: integer\n/db answer 1 numeric(12,2)', { one: 'numeric(12,2)' }],
    ['/DB ANSWER 3 some words\nthat go on', { three: 'some words\nthat go on' }],
    ['1.5 seconds would be nice', {}],
    ['10:30 suits me', {}],
    ['2 tables are affected', {}],
    ['integer', {}],
    ['I said 1: integer', {}],
  ];
  it.each(rows)('%j', (body, expected) => {
    expect(texts(body)).toEqual(expected);
  });
});

describe('a bare reply to the only open question', () => {
  const one = [{ number: 4, id: 'type', choices: ['numeric(12,2)', 'integer'] }];
  const free = [{ number: 1, id: 'query', choices: [] }];

  it.each([
    ['integer', 'integer'],
    ['b', 'integer'],
    ['numeric(10,2)', 'numeric(10,2)'],
    ['2', 'integer'],
  ])('%s', (body, text) => {
    expect(texts(body, one)).toEqual({ type: text });
  });

  it.each([
    'Thanks!',
    '@carol what do you think?',
    'Which one is faster?',
    'ok',
    '/db status',
    '> integer',
    `I ${'really '.repeat(20)}do not know`,
    '',
  ])('is not %j', (body) => {
    expect(texts(body, one)).toEqual({});
  });

  it('may be code where there are no choices', () => {
    expect(texts('This one:\n```sql\nselect 1\n```', free)).toEqual({ query: 'This one:\n```sql\nselect 1\n```' });
  });

  it('counts while one of several is left', () => {
    const questions = [...one, { number: 5, id: 'other', choices: ['x', 'y'] }];
    const { answers } = readAnswers([comment('5: x', '1'), comment('integer', '2')], questions);
    expect([...answers].map(([id, { text }]) => [id, text])).toEqual([
      ['other', 'x'],
      ['type', 'integer'],
    ]);
  });

  it('does not count when it is older than the question', () => {
    const late = one.map((question) => ({ ...question, askedAt: '2026-01-02T00:00:00Z' }));
    expect(texts('integer', late)).toEqual({});
  });
});

describe('readAnswers', () => {
  it('lets the last answer win, by time, and keeps who gave it', () => {
    const { answers } = readAnswers(
      [comment('1: integer', '2026-01-02', 'zoe'), comment('1: text', '2026-01-01', 'amy')],
      asked,
    );
    expect(answers.get('one')).toEqual({ text: 'integer', author: 'zoe', at: '2026-01-02' });
  });

  it('says which number there is no question for, and what is empty', () => {
    expect(readAnswers([comment('7: yes\n\n1:\n\n')], asked).unclear).toEqual([
      { author: 'bob', text: '7: yes', reason: 'there is no question 7; they are 1, 2, 3' },
      { author: 'bob', text: '1:', reason: 'it is empty' },
    ]);
  });

  it('says nothing while nothing was asked', () => {
    expect(readAnswers([comment('1. first\n2. second')], [])).toEqual({ answers: new Map(), unclear: [] });
  });
});
