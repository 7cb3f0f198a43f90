import { readFileSync } from 'node:fs';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { parseConfig } from '../../src/config/config.ts';
import { defaults } from '../../src/config/defaults.ts';
import { rules } from '../../src/sql/rules/index.ts';

const complete = `
labels: { request: db-change }
databases:
  - name: main
    engine: mysql
    version: 8.4
    migrations: db/migrations
    tool: golang-migrate
    tables: { orders: { rows: 40000000 } }
roles:
  technical-architect: [alice]
  backend-lead: ["@carol", acme/backend]
specialists:
  database-specialist: { engines: ["*"], assignees: [grace] }
  mysql-specialist: { engines: [mysql, mariadb], assignees: [heidi] }
review:
  request-changes: true
  approve: true
  max-threads: 10
  quiet: true
  rules: { drop-table: off, required-column: warning, sql-lint/trailing-whitespace: off }
  paths: [{ path: db/legacy, rules: { drop-table: warning } }, { path: db/**/seed.sql, rules: {} }]
  paths-ignore: ["db/migrations/2019*"]
plan: { approval: always }
sign-off: [backend-lead]
environments: [staging]
mdtm: { path: tasks }
stale-days: 3
`;

describe('parseConfig', () => {
  it('reads every key', () => {
    expect(parseConfig(complete)).toEqual({
      problems: [],
      config: {
        labels: { request: 'db-change' },
        databases: [
          {
            name: 'main',
            engine: 'mysql',
            version: '8.4',
            migrations: 'db/migrations',
            tool: 'golang-migrate',
            tables: { orders: { rows: 40_000_000 } },
          },
        ],
        roles: { 'technical-architect': ['alice'], 'backend-lead': ['carol', 'acme/backend'] },
        specialists: [
          { name: 'database-specialist', engines: ['*'], assignees: ['grace'] },
          { name: 'mysql-specialist', engines: ['mysql', 'mariadb'], assignees: ['heidi'] },
        ],
        review: {
          requestChanges: true,
          approve: true,
          maxThreads: 10,
          quiet: true,
          rules: { 'drop-table': 'off', 'required-column': 'warning', 'sql-lint/trailing-whitespace': 'off' },
          ruleOptions: {},
          paths: [
            { path: 'db/legacy', rules: { 'drop-table': 'warning' }, ruleOptions: {} },
            { path: 'db/**/seed.sql', rules: {}, ruleOptions: {} },
          ],
          pathsIgnore: ['db/migrations/2019*'],
        },
        plan: { approval: 'always' },
        signOff: ['backend-lead'],
        environments: ['staging'],
        mdtm: { path: 'tasks' },
        staleDays: 3,
      },
    });
  });

  it('reads the example of the reference', () => {
    const page = readFileSync(new URL('../../docs/configuration.md', import.meta.url), 'utf8');
    const examples = [...page.matchAll(/```yaml\n(.*?)```/gs)].map(([, text]) => text);
    expect(examples.length).toBeGreaterThan(0);
    for (const example of examples) expect(parseConfig(example).problems).toEqual([]);
  });

  it.each([
    ['no file', undefined],
    ['an empty file', ''],
    ['comments', '# nothing yet\n'],
    ['keys without values', 'labels:\nroles:\nmdtm:\nreview: { rules: }\n'],
  ])('takes the defaults for %s', (_, text) => {
    expect(parseConfig(text)).toEqual({ config: defaults, problems: [] });
  });

  it.each<[string, string, string, unknown, string, number, number]>([
    [
      'a value of a closed set',
      'plan: { approval: maybe }',
      'plan.approval',
      'maybe',
      'never, destructive or always',
      1,
      9,
    ],
    ['a key of the top', 'lables: {}', 'lables', 'lables', 'did you mean labels?', 1, 1],
    ['another spelling of a key', '\nsignOff: []', 'signOff', 'signOff', 'did you mean sign-off?', 2, 1],
    [
      'a key below',
      'review: { request_changes: true }',
      'review.request_changes',
      'request_changes',
      'did you mean request-changes?',
      1,
      11,
    ],
    [
      'a rule',
      'review: { rules: { drop-tabel: off } }',
      'review.rules.drop-tabel',
      'drop-tabel',
      'did you mean drop-table?',
      1,
      20,
    ],
    [
      'a level',
      'review: { rules: { drop-table: fatal } }',
      'review.rules.drop-table',
      'fatal',
      'off, error, warning or notice',
      1,
      20,
    ],
    [
      'an engine',
      'databases:\n  - engine: postgres',
      'databases[0].engine',
      'postgres',
      'postgresql, mysql, mariadb or sqlite',
      2,
      5,
    ],
    ['a database that is none', 'databases:\n  - main', 'databases[0]', 'main', 'a mapping with name, engine', 2, 5],
    ['a list that is none', 'databases: main', 'databases', 'main', 'a list of databases', 1, 1],
    ['a size', 'databases: [{ tables: { a: { rows: -1 } } }]', 'databases[0].tables.a.rows', -1, '0 or more', 1, 30],
    ['a path outside', 'mdtm: { path: ../x }', 'mdtm.path', '../x', 'without ".."', 1, 9],
    ['a role', 'roles: { backend-led: [x] }', 'roles.backend-led', 'backend-led', 'backend-lead', 1, 10],
    [
      'a login',
      'roles: { qa-lead: [dan, "no login"] }',
      'roles.qa-lead[1]',
      'no login',
      'a login, or organization/team',
      1,
      25,
    ],
    ['a number', 'stale-days: 0', 'stale-days', 0, '1 to 365', 1, 1],
    ['a key twice', 'mdtm: {}\nmdtm: {}', 'mdtm', 'mdtm', 'the key once', 2, 1],
    ['a file that is a list', '- a', '.github/database-lead.yml', ['a'], 'a mapping', Number.NaN, Number.NaN],
    ['YAML that is none', 'labels: [a\nplan: {}', '.github/database-lead.yml', 'line 2, column 1', 'YAML', 2, 1],
    ['two documents', 'plan: {}\n---\nplan: {}', '.github/database-lead.yml', 'line 2, column 1', 'YAML', 2, 1],
  ])('says what is wrong with %s', (_, text, key, value, allowed, line, column) => {
    const { problems } = parseConfig(text);
    expect(problems).toHaveLength(1);
    expect(problems[0]).toEqual({
      key,
      value,
      allowed: expect.stringContaining(allowed),
      ...(Number.isNaN(line) ? {} : { line, column }),
    });
  });

  it('reads options of rules, and says what is wrong with them where they stand', () => {
    const rule = rules.find(({ id }) => id === 'drop-table');
    const known = rule === undefined ? [] : [{ ...rule, options: { most: 3, name: '^a' }, patterns: ['name'] }];
    const text = `review:
  rules: { drop-table: { level: off, most: 4 } }
  paths: [{ path: db, rules: { drop-table: { mosst: 1, name: "(", level: bad }, drop-tabel: off } }]
`;
    const { config, problems } = parseConfig(text, known);
    expect(config.review).toMatchObject({
      rules: { 'drop-table': 'off' },
      ruleOptions: { 'drop-table': { most: 4 } },
      paths: [{ path: 'db', rules: {}, ruleOptions: {} }],
    });
    expect(problems).toEqual([
      {
        key: 'review.paths[0].rules.drop-table.mosst',
        value: 'mosst',
        allowed: 'level, most, name; did you mean most?',
        line: 3,
        column: 46,
      },
      expect.objectContaining({ key: 'review.paths[0].rules.drop-table.name', value: '(', column: 56 }),
      expect.objectContaining({ key: 'review.paths[0].rules.drop-table.level', value: 'bad', column: 67 }),
      expect.objectContaining({ allowed: expect.stringContaining('did you mean drop-table?'), column: 81 }),
    ]);
  });

  it('keeps everything that is good beside what is wrong', () => {
    const text = `
labels: { request: [] }
databases:
  - { name: a, engine: oracle, version: "16", colour: red }
  - 5
  - { engine: sqlite }
roles: { qa-lead: [dan, "!", eve], boss: [x] }
review: { request-changes: yes please, paths-ignore: [ok/**, /etc] }
plan: { approval: always, approver: x }
unknown: 1
environments: [staging, ""]
`;
    const { config, problems } = parseConfig(text);
    expect(problems.map(({ key }) => key)).toEqual([
      'labels.request',
      'databases[0].engine',
      'databases[0].colour',
      'databases[1]',
      'roles.qa-lead[1]',
      'roles.boss',
      'review.request-changes',
      'review.paths-ignore[1]',
      'plan.approver',
      'unknown',
      'environments[1]',
    ]);
    expect(config).toEqual({
      ...defaults,
      databases: [
        { name: 'a', engine: 'postgresql', version: '16', tables: {} },
        { name: 'database-2', engine: 'sqlite', tables: {} },
      ],
      roles: { 'qa-lead': ['dan', 'eve'] },
      review: { ...defaults.review, pathsIgnore: ['ok/**'] },
      plan: { approval: 'always' },
      environments: ['staging'],
    });
  });

  it.each([
    [
      'aliases that multiply',
      `a: &a [${'x,'.repeat(9)}]\n${['b', 'c', 'd', 'e'].map((key, at) => `${key}: &${key} [${`*${'abcd'[at]},`.repeat(9)}]\n`).join('')}`,
    ],
    ['an alias to itself', 'roles: &a { qa-lead: *a }'],
    ['deep nesting', '['.repeat(50_000)],
    ['a huge file', `environments: [${'x,'.repeat(100_000)}]`],
    ['keys that are lists', '? [a]\n: b'],
    ['names of the language', '__proto__: { labels: 1 }\nconstructor: 2\nroles: { __proto__: [x] }'],
    ['binary', '\u0000\u0001\uFFFE'],
    ['a tag', '!!js/function labels: 1'],
    ['thousands of mistakes', Array.from({ length: 3000 }, (_, at) => `key${at}: 1`).join('\n')],
  ])('is not harmed by %s', (_, text) => {
    const { config, problems } = parseConfig(text);
    expect(config).toEqual(defaults);
    expect(problems.length).toBeGreaterThan(0);
    expect(problems.length).toBeLessThanOrEqual(51);
    expect('labels' in {}).toBe(false);
  });

  it('never throws', () => {
    fc.assert(
      fc.property(fc.string({ unit: fc.constantFrom(...'labels: {}[]&*-\n ?|>!#"\'%@,'), maxLength: 80 }), (text) => {
        expect(parseConfig(text).config.labels.request).toBe('database');
      }),
      { numRuns: 500 },
    );
  });
});
