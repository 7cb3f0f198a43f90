import { describe, expect, it } from 'vitest';
import * as messages from '../../src/messages/index.ts';
import type { Optimized } from '../../src/planner/optimize/judge.ts';
import type { Finding } from '../../src/sql/finding.ts';
import { aPlan, aRecord, aTask, proven } from '../support/pictures.ts';

const hostile =
  'nice @everyone fixes #1 <img src=x onerror=alert(1)> ```\n<!-- database-lead:post v1 e30= 0 --> | [x](http://evil.example)';

const at = { url: 'https://github.example/acme/shop/pull/12', head: { sha: 'a'.repeat(40) } };

const finding: Finding = {
  rule: 'require-concurrent-index',
  level: 'error',
  category: 'locking',
  file: 'db/migrations/0013_x.up.sql',
  line: 3,
  column: 1,
  endLine: 3,
  endColumn: 40,
  message: 'Writes to `orders` wait until the index is built.',
  remedy: 'Build it CONCURRENTLY.',
  docs: '',
};

const gates = [
  { name: 'Task T1: Add a column', state: 'passed', evidence: '#43 closed, #50 merged and verified' },
  { name: 'Sign-off of qa-lead', state: 'waiting', evidence: 'not given yet' },
] as const;

const index = {
  ddl: 'CREATE INDEX orders_note_idx ON orders (note)',
  table: 'public.orders',
  bytes: 1_400_000_000,
  bytesPerRow: 34,
  walPerRow: 83,
  indexes: 3,
  newlyIndexed: ['note'],
  covers: ['orders_old_idx'],
  sizeUnknown: false,
};
const measured: Optimized = {
  query: 'SELECT * FROM orders WHERE note = $1',
  targetMs: 50,
  engineVersion: '18.6',
  tables: [
    { table: 'public.orders', rows: 40_000_000, assumed: false, sampled: 5_000, indexes: 2 },
    { table: 'public.lines', rows: 1_000_000, assumed: true, sampled: 0, indexes: 1 },
  ],
  before: { cost: 1_036_000.5, rows: 40, text: 'Seq Scan on orders  (cost=0.00..1036000.50 rows=40 width=93)' },
  after: { cost: 82.54, rows: 40, text: 'Index Scan using orders_note_idx on orders', indexes: [index] },
  rejected: [
    { cost: 8.18, indexes: [{ ...index, ddl: `${index.ddl} WHERE state = 'new'`, constant: "state = 'new'" }] },
  ],
  useless: [{ ddl: 'CREATE INDEX x ON orders (at)', why: 'the planner does not use it' }],
  unknown: ['How wide rows are.'],
};
const { after: _after, ...unhelped } = measured;

const said: Readonly<Record<string, string>> = {
  'plan for a query': messages.plan(aRecord({ optimized: [measured] }), {
    approval: { kind: 'not-needed' },
    decisions: [],
  }),
  'nothing left to plan': messages.nothingToPlan({
    paraphrase: ['`orders` is as the text has it already.'],
    unsupported: [],
    notUnderstood: [],
    optimized: [],
  }),
  'no index helps': messages.nothingToPlan({
    paraphrase: [],
    unsupported: [],
    notUnderstood: [],
    optimized: [{ ...unhelped, rejected: [] }],
  }),
  'nothing to plan beside a query': messages.nothingToPlan({
    paraphrase: [],
    unsupported: ['rename view x: there is no recipe for it yet'],
    notUnderstood: [],
    optimized: [{ ...unhelped, rejected: [], useless: [] }],
  }),
  received: messages.received({ asker: 'bob', roles: ['project-manager'] }),
  refusal: messages.refusal({ asker: 'eve', roles: { 'project-manager': ['bob'], 'qa-lead': [] } }),
  configuration: messages.configuration([
    { key: 'databases[0].engine', value: 'postgres', allowed: 'one of postgresql, mysql' },
  ]),
  questions: messages.questions({
    asked: [
      {
        number: 1,
        to: 'asker',
        text: 'Which type is `note`?',
        choices: ['text', 'varchar(200)'],
        didYouMean: [],
        open: true,
      },
      {
        number: 2,
        to: 'backend-lead',
        text: 'Does code still read `comment`?',
        choices: [],
        didYouMean: [],
        open: true,
      },
      {
        number: 3,
        to: 'asker',
        text: 'Which table is `order`?',
        choices: [],
        didYouMean: ['orders'],
        open: false,
        answer: 'orders',
      },
    ],
    asker: 'bob',
    backendLeads: ['carol'],
    understood: ['Add the column `note` to `orders`.'],
  }),
  plan: messages.plan(aRecord(), {
    approval: { kind: 'waiting' },
    decisions: [{ at: '2026-11-02T10:00:00Z', by: 'bob', what: 'answered question 1: text' }],
  }),
  task: messages.task({
    parent: 42,
    task: aTask(),
    record: aRecord(),
    specialist: 'database-specialist',
    engine: 'postgresql',
  }),
  progress: messages.progress({
    tasks: [
      {
        id: 'T1',
        title: 'Add a column',
        child: 43,
        pull: 50,
        assignees: ['grace'],
        state: 'merged in #50',
        done: true,
      },
    ],
    gates,
    listed: true,
    lacked: [],
  }),
  'what is lacking': messages.lacking([
    {
      what: 'Check runs',
      reason: { kind: 'permission', needs: 'checks: write' },
      instead: 'The summary has the verdict',
    },
    { what: 'Sub-issues', reason: { kind: 'server', version: '3.15.2' }, since: '3.16', instead: 'There is a list' },
    { what: 'Sub-issues', reason: { kind: 'server', version: '<b>@all' }, instead: 'There is a list' },
    { what: 'Task files', reason: { kind: 'rules' }, instead: 'The comments have it' },
  ]),
  'a permission that came': messages.grantedPermission('publish-checks'),
  'not met by what was merged': messages.unmet({
    task: 'T1',
    child: 43,
    assignees: ['grace'],
    asker: 'bob',
    pull: 50,
    failing: ['It is there'],
  }),
  finding: messages.finding(finding, 'CREATE INDEX CONCURRENTLY x ON orders (a);'),
  review: messages.review({
    findings: [finding, finding],
    fresh: 1,
    most: 1,
    verdict: '2 blocking findings',
  }),
  'back again': messages.back(finding, at),
  'still there': messages.stillThere(finding, at),
  'a finding in a file without lines': messages.findingInFile(finding, at),
  ignored: messages.ignored({ by: 'carol', reason: 'The table is `tiny`' }),
  summary: messages.summary({
    at,
    cut: true,
    lacked: [],
    verdict: '1 blocking finding',
    configProblems: [],
    overlaps: [{ pull: 14, objects: ['public.orders'] }],
    databases: [
      {
        name: 'shop',
        engine: 'postgresql',
        version: '16',
        files: [finding.file],
        findings: [
          { finding, thread: 7 },
          { finding, thread: 8, resolved: true },
          { finding, ignored: { by: 'carol', reason: 'The table is tiny' } },
        ],
        errors: [{ file: finding.file, line: 2, column: 1, message: 'syntax error' }],
        suppressed: [{ finding, reason: 'The table is new' }],
        unread: [{ path: 'db/2.sql', why: 'it was removed' }],
        problems: ['`db/0.sql` line 1, column 1: syntax error'],
        report: {
          engine: 'postgresql',
          engineVersion: '16.1',
          applied: 3,
          failed: null,
          migrations: [
            {
              file: finding.file,
              ms: 3,
              locks: [{ relation: 'public.orders', mode: 'ShareLock' }],
              rewrites: [],
              error: null,
            },
          ],
          roundTrip: { down: 'none', differences: [] },
          criteria: [],
        },
      },
    ],
  }),
  'deployment failed': messages.failedDeployment({
    environment: 'staging',
    sha: 'a'.repeat(40),
    url: 'https://ci.example/1',
    people: ['erin'],
    rollback: ['DROP TABLE x'],
  }),
  'plan unproven': messages.planUnproven(aPlan(), {
    ...proven,
    applied: false,
    failure: { step: 1, statement: 'ALTER TABLE x', message: 'no such table' },
  }),
  report: messages.report({ asker: 'bob', gates, decisions: [] }),
};

describe('what people read', () => {
  it.each(Object.entries(said))('%s', (_name, text) => {
    expect(text).toMatchSnapshot();
  });
});

describe('untrusted text', () => {
  const places: Readonly<Record<string, string>> = {
    'an answer': messages.unclearAnswer({ author: 'bob', text: hostile, reason: hostile }),
    'a sentence that was not understood': messages.nothingToPlan({
      paraphrase: [],
      unsupported: [hostile],
      notUnderstood: [hostile],
      optimized: [],
    }),
    'a plan': messages.plan(
      aRecord({
        notUnderstood: [hostile],
        optimized: [
          {
            ...measured,
            query: hostile,
            unknown: [hostile],
            useless: [{ ddl: hostile, why: hostile }],
            after: {
              ...measured.before,
              text: hostile,
              indexes: [{ ...index, ddl: hostile, constant: hostile, table: hostile }],
            },
          },
        ],
        plan: aPlan({
          unsupported: [hostile],
          steps: aPlan().steps.map((step) => ({ ...step, title: hostile, sql: [hostile] })),
        }),
      }),
      {
        approval: { kind: 'refused', by: 'alice', reason: hostile },
        decisions: [{ at: '2026', by: 'bob', what: hostile }],
      },
    ),
    'a title of a task': messages.progress({
      tasks: [{ id: 'T1', title: hostile, child: 1, pull: undefined, assignees: [], state: 'to do', done: false }],
      gates: [],
      listed: false,
      lacked: [],
    }),
    'a command': messages.unknownCommand(hostile, []),
    'a query': messages.explained(hostile, { text: hostile, failed: true }, 'postgresql'),
    'a reason': messages.summary({
      at,
      cut: false,
      lacked: [],
      verdict: hostile,
      overlaps: [{ pull: 1, objects: [hostile] }],
      databases: [
        {
          name: hostile,
          engine: 'postgresql',
          version: hostile,
          files: [hostile],
          findings: [
            { finding: { ...finding, file: hostile, message: hostile } },
            { finding, ignored: { by: hostile, reason: hostile } },
          ],
          errors: [],
          suppressed: [{ finding, reason: hostile }],
          unread: [{ path: hostile, why: hostile }],
          problems: [hostile],
        },
      ],
      configProblems: [],
    }),
  };

  it.each(Object.entries(places))('comes out neutral in %s', (_place, text) => {
    const outsideCode = text.replace(/^(`{3,})[^\n]*\n[\s\S]*?\n\1$/gm, '').replace(/(`+)[^`][\s\S]*?\1/g, '');
    expect(outsideCode).not.toMatch(/(^|[^\w`])@everyone/);
    expect(outsideCode).not.toContain('<img');
    expect(outsideCode).not.toMatch(/fixes #1\b/);
    expect(outsideCode).not.toContain('<!-- database-lead');
    expect(outsideCode).not.toContain('](http://evil');
  });
});
