import { display } from '../../name.ts';
import { defineRule } from '../../rule.ts';

export const requirePrimaryKey = defineRule({
  id: 'require-primary-key',
  level: 'warning',
  category: 'performance',
  engines: ['mysql', 'mariadb'],
  when: 'A table is made without a primary key',
  effect:
    'InnoDB keeps its rows under a hidden key that nothing can use, row-based replication may scan the table for every changed row, and tools for changing it online refuse to work',
  remedy: 'Give the table a primary key; a short AUTO_INCREMENT column will do where no column identifies a row',
  source:
    'MySQL manual, "Clustered and Secondary Indexes" and "sql_require_primary_key"; MariaDB documentation, "Primary Key Constraints"',
  examples: [
    {
      engine: 'mysql',
      bad: 'CREATE TABLE visits (page varchar(200) NOT NULL, seen_at datetime NOT NULL);',
      good: 'CREATE TABLE visits (id bigint AUTO_INCREMENT PRIMARY KEY, page varchar(200) NOT NULL, seen_at datetime NOT NULL);',
    },
  ],
  on: ['create-table'],

  check({ table, constraints, columns, columnsFrom, temporary }, { siblings }) {
    // LIKE copies the key; a query's columns are not all known.
    if (temporary || columnsFrom !== undefined) return undefined;
    if (constraints.some(({ kind }) => kind === 'primary-key')) return undefined;
    // A unique key without NULLs takes its place (MySQL manual, "Clustered and Secondary Indexes").
    const required = new Set(columns.flatMap(({ name, nullable }) => (nullable ? [] : [name])));
    const stands = constraints.some(
      (each) => each.kind === 'unique' && each.columns.every((column) => required.has(column)),
    );
    if (stands || siblings.some((each) => each.kind === 'add-constraint' && each.constraint.kind === 'primary-key'))
      return undefined;
    return `\`${display(table)}\` has no primary key.`;
  },
});
