import { describe, expect, it } from 'vitest';
import { readRuleSettings } from '../../../src/sql/lint/settings.ts';
import { defineRule } from '../../../src/sql/rule.ts';

const facts = {
  category: 'standards',
  engines: ['postgresql'],
  when: 'A',
  effect: 'B',
  remedy: 'C',
  source: 'D',
  examples: [],
  on: ['create-table'],
  check: () => undefined,
} as const;
const naming = defineRule({
  ...facts,
  id: 'naming',
  level: 'notice',
  optIn: true,
  options: { table: '^[a-z_]+$', most: 10, strict: false, words: ['a'], prefix: 'x', types: ['int'] },
  patterns: ['table', 'types'],
});
const plain = defineRule({ ...facts, id: 'plain', level: 'warning' });
const optioned = defineRule({ ...facts, id: 'optioned', level: 'warning', options: { most: 1 } });

const read = (given: Readonly<Record<string, unknown>>) => readRuleSettings(given, [naming, plain, optioned]);

describe('readRuleSettings', () => {
  it.each([
    ['a level', { plain: 'error' }, { plain: 'error' }, {}],
    ['off', { plain: 'off' }, { plain: 'off' }, {}],
    ['off as YAML 1.1 reads it', { plain: false }, { plain: 'off' }, {}],
    ['a mapping with nothing but a level', { plain: { level: 'notice' } }, { plain: 'notice' }, {}],
    ['a general check', { 'sql-lint/odd-code-point': 'off' }, { 'sql-lint/odd-code-point': 'off' }, {}],
    [
      'a level with options',
      { naming: { level: 'error', table: '^t_', most: 3, strict: true, words: [], prefix: '(' } },
      { naming: 'error' },
      { naming: { table: '^t_', most: 3, strict: true, words: [], prefix: '(' } },
    ],
    [
      'options that switch a matter of taste on',
      { naming: { most: 3 } },
      { naming: 'notice' },
      { naming: { most: 3 } },
    ],
    ['options that leave the level alone', { optioned: { most: 3 } }, {}, { optioned: { most: 3 } }],
    [
      'options of a rule that is off',
      { naming: { level: false, most: 3 } },
      { naming: 'off' },
      { naming: { most: 3 } },
    ],
  ])('reads %s', (_what, given, rules, ruleOptions) => {
    expect(read(given)).toEqual({ settings: { rules, ruleOptions }, problems: [] });
  });

  it.each<[string, Record<string, unknown>, string, unknown, string]>([
    ['a rule that is none', { namng: 'off' }, 'namng', 'namng', 'the id of a rule'],
    ['a name of the language', { constructor: 'off' }, 'constructor', 'constructor', 'the id of a rule'],
    ['a level that is none', { plain: 'fatal' }, 'plain', 'fatal', 'off, error, warning or notice'],
    ['true', { plain: true }, 'plain', true, 'off, error, warning or notice'],
    ['a list', { optioned: [1] }, 'optioned', [1], 'off, error, warning or notice, or a mapping with level, most'],
    ['a level in a mapping', { naming: { level: 'fatal' } }, 'naming.level', 'fatal', 'off, error, warning or notice'],
    ['an unknown option', { optioned: { mots: 3 } }, 'optioned.mots', 'mots', 'level, most'],
    ['an option of a rule without any', { plain: { most: 3 } }, 'plain.most', 'most', 'level'],
    ['an option of a name of the language', { plain: { toString: 3 } }, 'plain.toString', 'toString', 'level'],
    ['a number', { naming: { most: '3' } }, 'naming.most', '3', 'a number, 0 or more'],
    ['a negative number', { naming: { most: -1 } }, 'naming.most', -1, 'a number, 0 or more'],
    ['a truth', { naming: { strict: 'yes' } }, 'naming.strict', 'yes', 'true or false'],
    ['a list of texts', { naming: { words: [1] } }, 'naming.words', [1], 'a list of texts'],
    ['a text', { naming: { prefix: 1 } }, 'naming.prefix', 1, 'a text'],
    ['a pattern', { naming: { table: 1 } }, 'naming.table', 1, 'a regular expression, as a text'],
    [
      'a broken pattern',
      { naming: { table: '(' } },
      'naming.table',
      '(',
      'a regular expression; here: Unterminated group',
    ],
    [
      'a huge pattern',
      { naming: { table: 'a'.repeat(501) } },
      'naming.table',
      'a'.repeat(501),
      'at most 500 characters',
    ],
  ])('says what is wrong with %s', (_what, given, path, value, allowed) => {
    const { problems } = read(given);
    expect(problems.map((problem) => ({ ...problem, path: problem.path.join('.') }))).toMatchObject([
      { path, value, allowed: expect.stringContaining(allowed) },
    ]);
  });

  it.each(['^[a-z]+(_[a-z0-9]+)*$', '^{table}_{columns}_idx$', '^(?:idx|uq)_\\w{1,60}$', ''])(
    'takes the pattern %s',
    (table) => {
      expect(read({ naming: { table, types: [table] } })).toMatchObject({
        settings: { ruleOptions: { naming: { table, types: [table] } } },
        problems: [],
      });
    },
  );

  it.each(['(a+)+$', '^(\\w|_)*$', '^(_[a-z_]+)*$', '(.*)*x', 'a*a*a*a*a*a*a*b', '^([a-z]+_?)+$'])(
    'refuses the pattern %s, which can take for ever',
    (table) => {
      const allowed = expect.stringContaining('quick to match');
      expect(read({ naming: { table, types: ['a', table] } }).problems).toMatchObject([{ allowed }, { allowed }]);
    },
  );

  it('keeps what is good beside what is wrong', () => {
    const { settings, problems } = read({ naming: { most: 3, table: '(' }, plain: 'off', other: 'off' });
    expect(settings).toEqual({ rules: { naming: 'notice', plain: 'off' }, ruleOptions: { naming: { most: 3 } } });
    expect(problems.map(({ path }) => path)).toEqual([['naming', 'table'], ['other']]);
  });
});
