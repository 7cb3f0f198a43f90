import { type Table, tableOf } from '../../catalog.ts';
import type { Index } from '../../change.ts';
import { display } from '../../name.ts';
import { defineRule } from '../../rule.ts';

export const usingIndexRefused = defineRule({
  id: 'using-index-refused',
  level: 'error',
  category: 'correctness',
  engines: ['postgresql'],
  when: 'A constraint is added USING INDEX with an index that cannot be its own',
  effect: 'PostgreSQL refuses the statement, and the migration fails',
  remedy: 'Build a plain unique index for it: columns only, in their default order, without WHERE',
  source: 'PostgreSQL manual, ALTER TABLE, ADD table_constraint_using_index',
  examples: [
    {
      engine: 'postgresql',
      given:
        'CREATE TABLE users (id bigint PRIMARY KEY, email text, gone boolean); CREATE UNIQUE INDEX users_email ON users (email) WHERE NOT gone;',
      bad: "SET lock_timeout = '2s';\nALTER TABLE users ADD CONSTRAINT users_email_key UNIQUE USING INDEX users_email;",
      good: "CREATE UNIQUE INDEX CONCURRENTLY users_email_key ON users (email);\nSET lock_timeout = '2s';\nALTER TABLE users ADD CONSTRAINT users_email_key UNIQUE USING INDEX users_email_key;",
      fails: '42809',
    },
  ],
  on: ['add-constraint'],

  check({ table: name, constraint }, { before }) {
    if (constraint.kind !== 'primary-key' && constraint.kind !== 'unique') return undefined;
    const table = constraint.usingIndex === undefined ? undefined : tableOf(before, name);
    const reason = table === undefined ? undefined : reasonAgainst(table, constraint.usingIndex ?? '');
    return reason === undefined
      ? undefined
      : `\`${constraint.usingIndex}\` cannot be the index of this constraint: ${reason}.`;
  },
});

/** Why PostgreSQL refuses the index (its source, transformIndexConstraint). */
function reasonAgainst(table: Table, name: string): string | undefined {
  if (table.partitionBy !== undefined) return `\`${display(table.name)}\` is partitioned`;
  const index = table.indexes.find((each) => each.name === name);
  if (index === undefined) {
    if (table.constraints.some((each) => each.name === name)) return 'it belongs to a constraint already';
    return table.open ? undefined : `\`${display(table.name)}\` has no index of that name`;
  }
  if (!index.unique) return 'it is not unique';
  if (index.where !== undefined) return 'it is partial';
  if (index.keys.some(({ expression }) => expression !== undefined)) return 'it is over an expression';
  if (index.keys.some(isOrdered)) return 'its order is not the default one';
  return undefined;
}

function isOrdered({ descending, nulls }: Index['keys'][number]): boolean {
  return descending === true || nulls !== undefined;
}
