import { describe, expect, it } from 'vitest';
import { type Command, readCommands } from '../../src/requests/commands.ts';

const rows: readonly (readonly [string, readonly Command[]])[] = [
  ['/db help', [{ kind: 'help' }]],
  ['/db', [{ kind: 'help' }]],
  ['/DB Status', [{ kind: 'status' }]],
  ['  /db status  ', [{ kind: 'status' }]],
  ['/db table orders', [{ kind: 'table', name: 'orders' }]],
  ['/db table `audit.log` please', [{ kind: 'table', name: 'audit.log' }]],
  ['/db explain\n```sql\nselect 1;\n```', [{ kind: 'explain', sql: 'select 1;' }]],
  [
    '/db explain\n\n```sql\nselect 1;\nselect 2\n```\n/db status',
    [{ kind: 'explain', sql: 'select 1;\nselect 2' }, { kind: 'status' }],
  ],
  ['/db explain select 1', [{ kind: 'explain', sql: 'select 1' }]],
  ['/db explain', [{ kind: 'explain' }]],
  ['/db explain\n\nplease, it is slow', [{ kind: 'explain' }]],
  ['/db explain\n~~~\nselect 1\n~~~', [{ kind: 'explain', sql: 'select 1' }]],
  ['/db answer 1 numeric(12,2)', [{ kind: 'answer', number: 1, text: 'numeric(12,2)' }]],
  ['/db answer #2: yes', [{ kind: 'answer', number: 2, text: 'yes' }]],
  ['/db approve', [{ kind: 'approve' }]],
  ['/db approve\nThanks!', [{ kind: 'approve' }]],
  ['/db sign-off', [{ kind: 'sign-off' }]],
  ['/db sign-off QA-lead', [{ kind: 'sign-off', role: 'qa-lead' }]],
  ['/db signoff qa-lead', [{ kind: 'sign-off', role: 'qa-lead' }]],
  [
    '/db ignore prefer-text the column is legacy',
    [{ kind: 'ignore', rule: 'prefer-text', reason: 'the column is legacy' }],
  ],
  ['/db retry', [{ kind: 'retry' }]],
  ['/db reject too risky\nbefore Christmas', [{ kind: 'reject', reason: 'too risky\nbefore Christmas' }]],
  ['/db reject', [{ kind: 'reject', reason: '' }]],
  ['Fine.\n\n/db approve\n/db retry', [{ kind: 'approve' }, { kind: 'retry' }]],
  ['/db aprove', [{ kind: 'unknown', text: '/db aprove', didYouMean: ['/db approve'] }]],
  ['/db xyzzy', [{ kind: 'unknown', text: '/db xyzzy', didYouMean: [] }]],
  ['/db table', [{ kind: 'unknown', text: '/db table', didYouMean: ['/db table NAME'] }]],
  [
    '/db ignore `prefer-text` because: the column is legacy',
    [{ kind: 'ignore', rule: 'prefer-text', reason: 'the column is legacy' }],
  ],
  ['/db ignore because it is tiny', [{ kind: 'ignore', rule: '', reason: 'it is tiny' }]],
  [
    '/db ignore prefer-text',
    [{ kind: 'unknown', text: '/db ignore prefer-text', didYouMean: ['/db ignore RULE because REASON'] }],
  ],
  ['/db answer yes', [{ kind: 'unknown', text: '/db answer yes', didYouMean: ['/db answer NUMBER TEXT'] }]],
  ['/db constructor', [{ kind: 'unknown', text: '/db constructor', didYouMean: [] }]],
  ['> /db approve', []],
  ['```\n/db approve\n```', []],
  ['````\n```\n/db approve\n```\n````', []],
  ['    /db approve', []],
  ['<!-- /db approve -->', []],
  ['<!--\n/db approve\n-->', []],
  ['please /db approve', []],
  ['/dbapprove', []],
  ['/db-approve', []],
  ['/db\u200b approve', [{ kind: 'approve' }]],
  ['', []],
];

describe('readCommands', () => {
  it.each(rows)('%j', (body, expected) => {
    expect(readCommands(body)).toEqual(expected);
  });
});
