import type { Change, ChangeKind, Column, Constraint, Index } from '../../change.ts';
import { tokensOf } from '../../lex.ts';
import { defineRule } from '../../rule.ts';

const kinds = [
  'create-table',
  'add-column',
  'add-constraint',
  'create-index',
  'set-expression',
  'drop-expression',
  'set-access-method',
  'detach-partition',
  'maintain',
  'create-trigger',
  'create-view',
  'write-data',
] as const satisfies readonly ChangeKind[];

export const needsNewerVersion = defineRule({
  id: 'needs-newer-version',
  level: 'error',
  category: 'correctness',
  engines: ['postgresql'],
  when: 'A statement uses what only a later version of PostgreSQL understands',
  effect: 'The server refuses it with a syntax error, and the migration stops there',
  remedy: 'Write it as the version in use understands it, or configure the version that runs it',
  source: 'PostgreSQL manual, Appendix "Release Notes", of the versions named',
  examples: [
    {
      engine: 'postgresql',
      engineVersion: '17',
      bad: 'CREATE TABLE parts (id bigint PRIMARY KEY, grams bigint, kilos bigint GENERATED ALWAYS AS (grams / 1000) VIRTUAL);',
      good: 'CREATE TABLE parts (id bigint PRIMARY KEY, grams bigint, kilos bigint GENERATED ALWAYS AS (grams / 1000) STORED);',
    },
    {
      engine: 'postgresql',
      engineVersion: '14',
      bad: 'CREATE TABLE parts (id bigint PRIMARY KEY, code text, UNIQUE NULLS NOT DISTINCT (code));',
      good: 'CREATE TABLE parts (id bigint PRIMARY KEY, code text NOT NULL, UNIQUE (code));',
    },
    {
      engine: 'postgresql',
      engineVersion: '14',
      given: 'CREATE TABLE parts (id bigint PRIMARY KEY, code text);',
      bad: "MERGE INTO parts p USING (VALUES (1, 'a')) AS n (id, code) ON p.id = n.id WHEN MATCHED THEN UPDATE SET code = n.code;",
      good: "INSERT INTO parts (id, code) VALUES (1, 'a') ON CONFLICT (id) DO UPDATE SET code = excluded.code;",
    },
  ],
  on: kinds,

  check(change, { version, isVersionKnown, statement }) {
    const feature = [...featuresOf(change), ...wordsOf(change, statement)].find(({ since }) => version < since);
    if (feature === undefined) return undefined;
    const message = `${feature.what} needs PostgreSQL ${feature.since}.`;
    return isVersionKnown
      ? `${message} This is for ${version}.`
      : { message: `${message} Which version runs this is not configured.`, level: 'notice' };
  },
});

interface Feature {
  readonly what: string;
  /** The first version that understands it. */
  readonly since: number;
}

function featuresOf(change: Change): readonly Feature[] {
  switch (change.kind) {
    case 'create-table':
      return [...change.columns.flatMap(ofColumn), ...change.constraints.flatMap(ofKey)];
    case 'add-column':
      return ofColumn(change.column);
    case 'add-constraint':
      // Of a column, a NOT NULL may have a name since ever.
      if (change.constraint.kind === 'not-null' && change.inline === undefined)
        return [{ what: 'NOT NULL as a constraint of the table', since: 18 }];
      return ofKey(change.constraint);
    case 'create-index':
      return ofKey(change.index);
    case 'set-expression':
      return [{ what: 'SET EXPRESSION', since: 17 }];
    case 'drop-expression':
      return [{ what: 'DROP EXPRESSION', since: 13 }];
    case 'set-access-method':
      return [{ what: 'SET ACCESS METHOD', since: 15 }];
    case 'detach-partition':
      return change.concurrently || change.finalize ? [{ what: 'DETACH PARTITION ... CONCURRENTLY', since: 14 }] : [];
    case 'maintain':
      return change.concurrently && change.what.startsWith('REINDEX')
        ? [{ what: 'REINDEX CONCURRENTLY', since: 12 }]
        : [];
    default:
      return [];
  }
}

/** What only the words of the statement tell. */
function wordsOf(change: Change, statement: string): readonly Feature[] {
  switch (change.kind) {
    case 'create-trigger':
      return change.replace ? [{ what: 'CREATE OR REPLACE TRIGGER', since: 14 }] : [];
    case 'create-view':
      return has(statement, 'with ( security_invoker') ? [{ what: 'A view WITH (security_invoker)', since: 15 }] : [];
    case 'write-data':
      return /\bmerge\b/i.test(statement) && has(statement, 'merge into') ? [{ what: 'MERGE', since: 15 }] : [];
    case 'add-constraint':
    case 'create-table':
      return has(statement, 'not enforced') ? [{ what: 'NOT ENFORCED', since: 18 }] : [];
    default:
      return [];
  }
}

/** Whether these words stand one after the other, outside quotes and comments. */
function has(statement: string, words: string): boolean {
  if (words.split(' ').some((word) => !statement.toLowerCase().includes(word))) return false;
  const said = tokensOf(statement).map(({ kind, start, end }) =>
    kind === 'string' ? "''" : statement.slice(start, end),
  );
  return ` ${said.join(' ').toLowerCase()} `.includes(` ${words} `);
}

function ofColumn({ name, generated }: Column): readonly Feature[] {
  return generated?.stored === false ? [{ what: `The virtual column \`${name}\``, since: 18 }] : [];
}

function ofKey(key: Constraint | Index): readonly Feature[] {
  return 'nullsNotDistinct' in key && key.nullsNotDistinct === true ? [{ what: 'NULLS NOT DISTINCT', since: 15 }] : [];
}
