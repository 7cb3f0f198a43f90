import type { Policy, Table, Trigger } from '../catalog.ts';
import type { Column, Constraint, Index } from '../change.ts';
import { keyOf, type ObjectName } from '../name.ts';
import { type Draft, putTable } from './draft.ts';
import { columnsIn, renameIn } from './mentions.ts';

/** The table with some facts of one column replaced; a column that is not there changes nothing. */
export function withColumn(table: Table, name: string, facts: Partial<Column>): Table {
  return {
    ...table,
    columns: table.columns.map((column) => (column.name === name ? { ...column, ...facts } : column)),
  };
}

/** The table without a column, and without the indexes and constraints that involve it (manual, ALTER TABLE, DROP COLUMN). */
export function withoutColumn(table: Table, column: string): Table {
  return {
    ...table,
    columns: table.columns.filter(({ name }) => name !== column),
    constraints: table.constraints.filter((constraint) => !constraintInvolves(constraint, column)),
    indexes: table.indexes.filter((index) => !indexInvolves(index, column)),
  };
}

/** Whether a constraint goes when a column of its own table goes. */
export function constraintInvolves(constraint: Constraint, column: string): boolean {
  switch (constraint.kind) {
    case 'primary-key':
    case 'unique':
    case 'foreign-key':
      return constraint.columns.includes(column);
    case 'not-null':
      return constraint.column === column;
    case 'check':
      return mentions(constraint.expression, column);
    case 'exclusion':
      return mentions(constraint.definition, column);
  }
}

/** Whether an index goes when a column of its table goes. */
export function indexInvolves({ keys, include, where }: Index, column: string): boolean {
  return (
    keys.some((key) => key.column === column || mentions(key.expression, column)) ||
    include.includes(column) ||
    mentions(where, column)
  );
}

function mentions(expression: string | undefined, column: string): boolean {
  return expression !== undefined && columnsIn(expression, [column]).length > 0;
}

/** The table with one column under another name, everywhere it is mentioned. */
export function withRenamedColumn(table: Table, from: string, to: string): Table {
  const one = (column: string) => (column === from ? to : column);
  const text = (expression: string) => renameIn(expression, from, to);
  return {
    ...table,
    columns: table.columns.map((column) => ({
      ...column,
      name: one(column.name),
      ...(column.generated === undefined
        ? {}
        : { generated: { ...column.generated, expression: text(column.generated.expression) } }),
    })),
    constraints: table.constraints.map((constraint) => renamedConstraint(constraint, one, text)),
    indexes: table.indexes.map((index) => renamedIndex(index, one, text)),
    ...(table.partitionBy === undefined ? {} : { partitionBy: text(table.partitionBy) }),
    ...(table.triggers === undefined
      ? {}
      : { triggers: table.triggers.map((trigger) => renamedTrigger(trigger, one)) }),
    ...(table.policies === undefined ? {} : { policies: table.policies.map((policy) => renamedPolicy(policy, text)) }),
  };
}

function renamedTrigger(trigger: Trigger, one: (column: string) => string): Trigger {
  return trigger.columns === undefined ? trigger : { ...trigger, columns: trigger.columns.map(one) };
}

function renamedPolicy({ using, withCheck, ...policy }: Policy, text: (expression: string) => string): Policy {
  return {
    ...policy,
    ...(using === undefined ? {} : { using: text(using) }),
    ...(withCheck === undefined ? {} : { withCheck: text(withCheck) }),
  };
}

/** An index with a column's new name. */
export function withRenamedKey(index: Index, from: string, to: string): Index {
  return renamedIndex(
    index,
    (column) => (column === from ? to : column),
    (expression) => renameIn(expression, from, to),
  );
}

function renamedConstraint(
  constraint: Constraint,
  one: (column: string) => string,
  text: (expression: string) => string,
): Constraint {
  switch (constraint.kind) {
    case 'primary-key':
    case 'unique':
    case 'foreign-key':
      return { ...constraint, columns: constraint.columns.map(one) };
    case 'not-null':
      return { ...constraint, column: one(constraint.column) };
    case 'check':
      return { ...constraint, expression: text(constraint.expression) };
    case 'exclusion':
      return { ...constraint, definition: text(constraint.definition) };
  }
}

function renamedIndex(index: Index, one: (column: string) => string, text: (expression: string) => string): Index {
  return {
    ...index,
    keys: index.keys.map((key) => ({
      ...key,
      ...(key.column === undefined ? {} : { column: one(key.column) }),
      ...(key.expression === undefined ? {} : { expression: text(key.expression) }),
    })),
    include: index.include.map(one),
    ...(index.where === undefined ? {} : { where: text(index.where) }),
  };
}

type ForeignKey = Extract<Constraint, { kind: 'foreign-key' }>;

/** Rewrites every foreign key that refers to a table, in whatever table it stands; `undefined` removes it. */
export function editReferencesTo(
  draft: Draft,
  target: ObjectName,
  edit: (foreignKey: ForeignKey) => ForeignKey | undefined,
): void {
  const key = keyOf(target);
  const refers = (constraint: Constraint) => constraint.kind === 'foreign-key' && keyOf(constraint.references) === key;
  for (const referrer of [...(draft.referrers.get(key) ?? [])]) {
    const table = draft.tables.get(referrer);
    if (table === undefined) continue;
    const constraints = table.constraints.flatMap((constraint) =>
      constraint.kind === 'foreign-key' && refers(constraint) ? (edit(constraint) ?? []) : [constraint],
    );
    putTable(draft, { ...table, constraints });
  }
}
