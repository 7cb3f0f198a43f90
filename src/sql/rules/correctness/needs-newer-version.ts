import type { Change, ChangeKind, Column, Constraint, Index } from '../../change.ts';
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
  ],
  on: kinds,

  check(change, { version, isVersionKnown }) {
    const feature = featuresOf(change).find(({ since }) => version < since);
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

function ofColumn({ name, generated }: Column): readonly Feature[] {
  return generated?.stored === false ? [{ what: `The virtual column \`${name}\``, since: 18 }] : [];
}

function ofKey(key: Constraint | Index): readonly Feature[] {
  return 'nullsNotDistinct' in key && key.nullsNotDistinct === true ? [{ what: 'NULLS NOT DISTINCT', since: 15 }] : [];
}
