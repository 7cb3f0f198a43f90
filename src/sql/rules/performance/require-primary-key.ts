import type { Table } from '../../catalog.ts';
import type { ChangeOf } from '../../change.ts';
import { isKeyAhead } from '../../facts/ahead.ts';
import { tableAtEnd } from '../../facts/at-end.ts';
import { changesOf } from '../../facts/changes.ts';
import { display } from '../../name.ts';
import { defineFileRule, type FileContext } from '../../rule.ts';

export const requirePrimaryKey = defineFileRule({
  id: 'require-primary-key',
  level: 'warning',
  category: 'performance',
  engines: ['postgresql', 'mysql', 'mariadb'],
  when: 'A table is made without a primary key',
  effect:
    'Nothing names a single row: PostgreSQL refuses to replicate its updates and deletes logically, InnoDB keeps its rows under a hidden key and may scan the table for every change that it replicates, and tools for changing it online refuse to work',
  remedy: 'Give the table a primary key; an identity or AUTO_INCREMENT column will do where no column identifies a row',
  source:
    'PostgreSQL manual, "Logical Replication", Publication: replica identity; MySQL manual, "Clustered and Secondary Indexes" and "sql_require_primary_key"; MariaDB documentation, "Primary Key Constraints"',
  examples: [
    {
      engine: 'postgresql',
      bad: 'CREATE TABLE visits (page text NOT NULL, seen_at timestamptz NOT NULL);',
      good: 'CREATE TABLE visits (id bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY, page text NOT NULL, seen_at timestamptz NOT NULL);',
    },
    {
      engine: 'mysql',
      bad: 'CREATE TABLE visits (page varchar(200) NOT NULL, seen_at datetime NOT NULL);',
      good: 'CREATE TABLE visits (id bigint AUTO_INCREMENT PRIMARY KEY, page varchar(200) NOT NULL, seen_at datetime NOT NULL);',
    },
  ],

  checkFile(context) {
    return changesOf(context.script, ['create-table']).flatMap((change) => {
      if (!lacksKey(change, context)) return [];
      const message = `\`${display(change.table)}\` has no primary key.`;
      // A key of a partitioned table must hold the partition key, which may not be what identifies a row.
      const level = change.partitionBy === undefined ? {} : { level: 'notice' as const };
      return [{ message, span: change.span, ...level }];
    });
  },
});

/**
 * Looked at when the file is through, because a dump adds its keys last. A temporary or unlogged table is replicated nowhere, a
 * partition has its parent's key, a child of a table by INHERITS belongs to that, and what a query's rows are is not known.
 */
function lacksKey(change: ChangeOf<'create-table'>, context: FileContext): boolean {
  if (change.temporary || change.columnsFrom !== undefined || change.ofType !== undefined) return false;
  const table = tableAtEnd(context, change, change.table);
  if (table === undefined || table.open || table.unlogged === true) return false;
  if (table.partitionOf !== undefined || table.inherits !== undefined || isKeyAhead(context, table.name)) return false;
  return !table.constraints.some(({ kind }) => kind === 'primary-key') && !(isMysql(context) && hasStandIn(table));
}

function isMysql({ engine }: FileContext): boolean {
  return engine === 'mysql' || engine === 'mariadb';
}

/** A unique key without NULLs takes the place of the primary key (MySQL manual, "Clustered and Secondary Indexes"). */
function hasStandIn({ constraints, columns }: Table): boolean {
  const required = new Set(columns.flatMap(({ name, nullable }) => (nullable ? [] : [name])));
  return constraints.some((each) => each.kind === 'unique' && each.columns.every((column) => required.has(column)));
}
