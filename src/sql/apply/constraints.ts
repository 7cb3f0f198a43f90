import type { Table } from '../catalog.ts';
import type { BodyOf, Constraint } from '../change.ts';
import { keyOf } from '../name.ts';
import { takeAlong } from './cascade.ts';
import { alter, type Draft, lacks, type Problem, unknownColumn, unknownTable } from './draft.ts';
import { constraintName, makeObjectName } from './names.ts';
import { withColumn } from './table-edits.ts';

export function addConstraint(draft: Draft, { table, constraint, inline }: BodyOf<'add-constraint'>): Problem {
  let problem: Problem;
  const unknown = alter(draft, table, (before) => {
    // An ADD COLUMN IF NOT EXISTS that found its column does not add its constraints a second time.
    if (inline !== undefined && before.constraints.some((each) => isSame(each, constraint))) return before;
    const added = withConstraint(draft, before, constraint);
    problem = added.problem;
    return added.table;
  });
  return unknown ?? problem;
}

/** The table with one constraint more, named and resolved as the engine does it. */
export function withConstraint(
  draft: Draft,
  table: Table,
  constraint: Constraint,
): { readonly table: Table; readonly problem: Problem } {
  const { table: base, constraint: resolved } = resolve(draft, table, constraint);
  const named = { ...resolved, name: resolved.name ?? constraintName(draft, base, resolved) };
  const missing = columnsOf(named).find((column) => lacks(base, column));
  const withIt = { ...base, constraints: [...base.constraints, named] };
  return {
    table: withNotNull(withIt, notNullColumns(named)),
    problem: missing === undefined ? referenceProblem(draft, base, named) : unknownColumn(base, missing),
  };
}

export function dropConstraint(draft: Draft, change: BodyOf<'drop-constraint'>): Problem {
  if (change.cascade) takeAlong(draft, { kind: 'constraint', of: change.table, part: change.name }, true);
  return alter(draft, change.table, (table) => {
    const dropped = table.constraints.find(({ name }) => name === change.name);
    if (dropped === undefined) {
      const column = implicitNotNull(table, change.name);
      if (column !== undefined) return withColumn(table, column, { nullable: true });
      if (change.ifExists || table.open) return table;
      return `constraint \`${change.name}\` of table \`${table.name.name}\` is not known`;
    }
    const without = { ...table, constraints: table.constraints.filter((each) => each !== dropped) };
    return dropped.kind === 'not-null' ? withColumn(without, dropped.column, { nullable: true }) : without;
  });
}

/** The column that a NOT NULL without a name makes required: since PostgreSQL 18 it is a constraint, named after the two. */
function implicitNotNull({ name: table, columns }: Table, name: string): string | undefined {
  return columns.find((each) => !each.nullable && makeObjectName(table.name, each.name, 'not_null') === name)?.name;
}

export function validateConstraint(draft: Draft, change: BodyOf<'validate-constraint'>): Problem {
  return editConstraint(draft, change, (constraint) =>
    'validated' in constraint ? { ...constraint, validated: true } : constraint,
  );
}

export function alterConstraint(draft: Draft, change: BodyOf<'alter-constraint'>): Problem {
  const { deferrable, enforced } = change;
  return editConstraint(draft, change, (constraint) => {
    if (constraint.kind !== 'foreign-key') return constraint;
    const { deferrable: before, ...rest } = constraint;
    const now = deferrable === undefined ? before : deferrable === 'not' ? undefined : deferrable;
    return {
      ...rest,
      ...(now === undefined ? {} : { deferrable: now }),
      ...(enforced === undefined ? {} : { validated: enforced }),
    };
  });
}

export function renameConstraint(draft: Draft, change: BodyOf<'rename-constraint'>): Problem {
  return editConstraint(draft, change, (constraint) => ({ ...constraint, name: change.to }));
}

function editConstraint(
  draft: Draft,
  change: BodyOf<'validate-constraint' | 'alter-constraint' | 'rename-constraint'>,
  edit: (constraint: Constraint) => Constraint,
): Problem {
  return alter(draft, change.table, (table) => {
    const found = table.constraints.find(({ name }) => name === change.name);
    if (found === undefined) {
      // It holds under its new name, and the column says that it does.
      if (implicitNotNull(table, change.name) !== undefined) return table;
      return table.open ? table : `constraint \`${change.name}\` of table \`${table.name.name}\` is not known`;
    }
    const edited = edit(found);
    const replaced = { ...table, constraints: table.constraints.map((each) => (each === found ? edited : each)) };
    return withNotNull(replaced, notNullColumns(edited));
  });
}

/** USING INDEX turns an index into the constraint's own; a foreign key without columns means the primary key. */
function resolve(draft: Draft, table: Table, constraint: Constraint): { table: Table; constraint: Constraint } {
  if (constraint.kind === 'foreign-key' && constraint.referencedColumns.length === 0) {
    const target =
      keyOf(constraint.references) === keyOf(table.name) ? table : draft.tables.get(keyOf(constraint.references));
    const key = target?.constraints.find(({ kind }) => kind === 'primary-key');
    if (key?.kind !== 'primary-key') return { table, constraint };
    return { table, constraint: { ...constraint, referencedColumns: key.columns } };
  }
  if (constraint.kind !== 'primary-key' && constraint.kind !== 'unique') return { table, constraint };
  if (constraint.usingIndex === undefined) return { table, constraint };

  const { usingIndex, ...rest } = constraint;
  const index = table.indexes.find(({ name }) => name === usingIndex);
  const columns = index?.keys.flatMap(({ column }) => column ?? []) ?? rest.columns;
  const include = index === undefined || index.include.length === 0 ? {} : { include: index.include };
  const nulls = rest.kind === 'unique' && index?.nullsNotDistinct === true ? { nullsNotDistinct: true } : {};
  return {
    table: { ...table, indexes: table.indexes.filter((each) => each !== index) },
    constraint: { ...rest, name: rest.name ?? usingIndex, columns, ...include, ...nulls },
  };
}

function referenceProblem(draft: Draft, table: Table, constraint: Constraint): Problem {
  if (constraint.kind !== 'foreign-key') return undefined;
  const key = keyOf(constraint.references);
  const target = key === keyOf(table.name) ? table : draft.tables.get(key);
  if (target === undefined) return draft.temporary.has(key) ? undefined : unknownTable(constraint.references);
  const missing = constraint.referencedColumns.find((column) => lacks(target, column));
  return missing === undefined ? undefined : unknownColumn(target, missing);
}

/** A primary key implies NOT NULL (manual, CREATE TABLE); a NOT NULL that is not validated promises nothing of old rows. */
function notNullColumns(constraint: Constraint): readonly string[] {
  if (constraint.kind === 'primary-key') return constraint.columns;
  return constraint.kind === 'not-null' && constraint.validated ? [constraint.column] : [];
}

function withNotNull(table: Table, columns: readonly string[]): Table {
  return columns.reduce<Table>((edited, column) => withColumn(edited, column, { nullable: false }), table);
}

/** The columns of its own table that a constraint names. */
export function columnsOf(constraint: Constraint): readonly string[] {
  switch (constraint.kind) {
    case 'primary-key':
    case 'unique':
    case 'foreign-key':
      return constraint.columns;
    case 'not-null':
      return [constraint.column];
    case 'check':
    case 'exclusion':
      return [];
  }
}

function isSame(one: Constraint, other: Constraint): boolean {
  if (one.kind !== other.kind) return false;
  if (one.kind === 'check') return other.kind === 'check' && one.expression === other.expression;
  const columns = columnsOf(one);
  const others = columnsOf(other);
  return columns.length === others.length && columns.every((column, at) => column === others[at]);
}
