import type { Table } from '../../sql/catalog.ts';
import type { Column, Constraint, Index } from '../../sql/change.ts';
import type { Description } from '../../sql/description.ts';
import { keyOf, type ObjectName } from '../../sql/name.ts';
import { quoteIdentifier, quoteLiteral, quoteName } from '../../sql/quote.ts';
import { renderChange } from '../../sql/render.ts';
import { keyOfType } from '../../sql/type-text.ts';
import type { Named } from '../names.ts';
import { takenValues } from '../recipes/refused-values.ts';
import type { Answers } from './answers.ts';
import { isCastTo } from './compare/columns.ts';
import { attachmentKey, constraintKey, indexKey } from './keys.ts';
import { type Demand, demandsOfMoves } from './move-guards.ts';

/**
 * Something that the desired schema demands of rows that are there already, as a statement that makes the current schema demand it too,
 * and one that takes it away again.
 */
export interface Guard {
  /** The key of the table, under the name that it has after the renames; absent: all tables with a column of a domain. */
  readonly table?: string;
  readonly add: string;
  readonly drop: string;
}

/**
 * What rows must satisfy before a plan so that they satisfy what comes of it: rows that are made while this is in force are like those
 * that the plan presupposes. `current` has the names of after the renames. Keys come before the foreign keys to them.
 */
export function guardsBetween(current: Description, desired: Description, answers: Answers): readonly Guard[] {
  const pairs = [...desired.catalog.tables.values()].flatMap((after): readonly Pair[] => {
    const before = current.catalog.tables.get(keyOf(after.name));
    if (before === undefined || before.foreign === true) return [];
    // What is demanded of a partition is demanded of its table, or cannot be demanded of rows that go through it.
    if (before.partitionOf !== undefined && after.partitionOf !== undefined) return [];
    return [{ before, after, current, desired, answers }];
  });
  const all = [
    ...domainGuards(current, desired),
    ...boundGuards(current, desired),
    ...pairs.flatMap(columnGuards),
    ...pairs.flatMap((pair) =>
      newConstraints(pair)
        .filter(({ kind }) => kind !== 'foreign-key')
        .map(asGuard(pair)),
    ),
    ...pairs.flatMap(indexGuards),
    ...demandsOfMoves(current, desired, answers).map(guardOf),
    ...pairs.flatMap((pair) =>
      newConstraints(pair)
        .filter(({ kind }) => kind === 'foreign-key')
        .map(asGuard(pair)),
    ),
  ];
  return all.map((make, at) => make(`database_lead_guard_${at + 1}`));
}

/** A guard that has yet to get a name which nothing else has. */
type Unnamed = (name: string) => Guard;

interface Pair {
  readonly before: Table;
  readonly after: Table;
  readonly current: Description;
  readonly desired: Description;
  readonly answers: Answers;
}

/** That rows are within the bounds of the partitions that their tables become, also of the default one beside those that come. */
function boundGuards(current: Description, desired: Description): readonly Unnamed[] {
  return [...current.catalog.tables].flatMap(([key, { name, foreign }]) => {
    const [was, is] = [current, desired].map(({ objects }) => objects.get(attachmentKey(name))?.within);
    return is === undefined || is === was || foreign === true || !desired.catalog.tables.has(key)
      ? []
      : [check(name, is)];
  });
}

function columnGuards(pair: Pair): readonly Unnamed[] {
  const { before, after } = pair;
  return after.columns.flatMap((column) => {
    const was = before.columns.find(({ name }) => name === column.name);
    if (was === undefined || was.generated !== undefined) return [];
    return [...requirement(pair, was, column), ...retyping(pair, was, column)];
  });
}

function requirement(pair: Pair, was: Column, is: Column): readonly Unnamed[] {
  const { name: table } = pair.before;
  if (!was.nullable) return [];
  const isFilled = pair.answers.fills.has(`${keyOf(table)}.${is.name}`);
  // All rows are filled with the same value, or with one that nothing refers to.
  const isKey = newConstraints(pair).some(
    (constraint) => 'columns' in constraint && constraint.columns.includes(is.name),
  );
  const isDemanded = isFilled ? isKey : !is.nullable;
  if (!isDemanded) return [];
  return [() => required(table, is.name)];
}

/** That a value is taken by the new type: it is converted, and what cannot be is refused with the error of the conversion. */
function retyping({ before: { name: table }, current, desired, answers }: Pair, was: Column, is: Column) {
  const [labels, kept] = [was.type, is.type].map((type, at) => labelsOf(type, at === 0 ? current : desired));
  const value = quoteIdentifier(is.name);
  if (was.type === is.type) {
    const lasting = labels?.filter((label) => kept?.includes(label) || isRenamed(was.type, label, answers));
    if (labels === undefined || lasting === undefined || lasting.length === labels.length) return [];
    const list = lasting.map((label) => quoteLiteral(label)).join(', ');
    return [check(table, `${value}::text = ANY (ARRAY[${list}]::text[])`)];
  }
  const using = answers.conversions.get(`${keyOf(table)}.${is.name}`);
  const isCast = using === undefined || isCastTo(using, is);
  const taken = takenValues(value, { from: was.type, to: is.type }, desired.catalog)?.taken;
  // No cast leads from one enum to another, and one to a type that is yet to be made cannot be tried: there the labels are all.
  const isTried = !isCast || (labels === undefined && kept === undefined);
  const converted = `(${using ?? `${value}::${is.type}`})`;
  // A text can write the same value in many ways, of which the way back makes one.
  const comes =
    isCast && isText(was.type) ? `${converted}::text = ${value}::text` : `${converted}::text IS DISTINCT FROM chr(1)`;
  return [...(isCast && taken !== undefined ? [check(table, taken)] : []), ...(isTried ? [check(table, comes)] : [])];
}

function isText(type: string): boolean {
  return /^(text|character varying|character)\b/.test(type);
}

function isRenamed(type: string, label: string, { renames }: Answers): boolean {
  return renames.has(`${keyOfType(type)}.${label}`);
}

function labelsOf(type: string, { catalog }: Description): readonly string[] | undefined {
  return catalog.enums.get(keyOfType(type));
}

function required(table: ObjectName, column: string): Guard {
  return {
    table: keyOf(table),
    add: renderChange({ kind: 'set-not-null', table, column }),
    drop: renderChange({ kind: 'drop-not-null', table, column }),
  };
}

function guardOf(demand: Demand): Unnamed {
  switch (demand.kind) {
    case 'constraint':
      return (name) => constrained(demand.table, { ...demand.constraint, name });
    case 'index':
      return (name) => unique({ ...demand.index, name });
    case 'required':
      return () => required(demand.table, demand.column);
  }
}

function unique(index: Named<Index>): Guard {
  return {
    table: keyOf(index.table),
    add: renderChange({ kind: 'create-index', index, concurrently: false, ifNotExists: false }),
    drop: `DROP INDEX IF EXISTS ${quoteName({ ...index.table, name: index.name })}`,
  };
}

function check(table: ObjectName, expression: string): Unnamed {
  return (name) => constrained(table, { kind: 'check', expression, validated: true, name });
}

function constrained(table: ObjectName, constraint: Constraint & { readonly name: string }): Guard {
  return {
    table: keyOf(table),
    add: renderChange({ kind: 'add-constraint', table, constraint }),
    drop: renderChange({ kind: 'drop-constraint', table, name: constraint.name, ifExists: true, cascade: false }),
  };
}

/** Those that the current table has in no form. One that is not validated asks nothing of rows that are there. */
function newConstraints({ before, after, current, desired }: Pair): readonly Constraint[] {
  const definitions = ({ name: table, constraints }: Table, { objects }: Description) =>
    constraints.map(({ name = '' }) => objects.get(constraintKey(table, name)));
  const known = new Set(definitions(before, current).map((object) => object?.definition));
  const wanted = definitions(after, desired);
  // What a partition has from its table, a table that becomes one has yet to get.
  const becomesPartition = before.partitionOf === undefined && after.partitionOf !== undefined;
  return after.constraints.filter((constraint, at) => {
    const object = wanted[at];
    if (object === undefined || known.has(object.definition)) return false;
    if (object.create.length === 0 && !becomesPartition) return false;
    return constraint.kind !== 'not-null' && !('validated' in constraint && !constraint.validated);
  });
}

function asGuard({ before: { name: table }, current }: Pair): (constraint: Constraint) => Unnamed {
  return (constraint) => (name) => {
    // NOT NULL, which a primary key brings along and leaves behind, is a guard of its own.
    if (constraint.kind === 'primary-key')
      return constrained(table, { kind: 'unique', columns: constraint.columns, name });
    if (constraint.kind !== 'foreign-key' || current.catalog.tables.has(keyOf(constraint.references)))
      return constrained(table, { ...constraint, name });
    // In a table that is yet to be made there is nothing to refer to.
    const list = constraint.columns.map((column) => quoteIdentifier(column)).join(', ');
    return constrained(table, { kind: 'check', expression: `num_nulls(${list}) > 0`, validated: true, name });
  };
}

function indexGuards({ before, after, current, desired }: Pair): readonly Unnamed[] {
  const has = ({ objects }: Description, { name = '', table }: Index) => objects.get(indexKey(table, name))?.definition;
  const known = new Set(before.indexes.map((index) => has(current, index)));
  return after.indexes
    .filter((index) => index.unique && !known.has(has(desired, index)))
    .map(
      (index): Unnamed =>
        (name) =>
          unique({ ...index, name }),
    );
}

function domainGuards(current: Description, desired: Description): readonly Unnamed[] {
  return [...desired.catalog.domains].flatMap(([key, after]) => {
    const before = current.catalog.domains.get(key);
    if (before === undefined) return [];
    const domain = quoteName(after.name);
    const known = new Set(before.checks.map(({ expression }) => expression));
    const checks = after.checks.filter(({ expression, validated }) => validated && !known.has(expression));
    const required: readonly Unnamed[] =
      before.nullable && !after.nullable
        ? [() => ({ add: `ALTER DOMAIN ${domain} SET NOT NULL`, drop: `ALTER DOMAIN ${domain} DROP NOT NULL` })]
        : [];
    return [
      ...required,
      ...checks.map(
        ({ expression }): Unnamed =>
          (name) => ({
            add: `ALTER DOMAIN ${domain} ADD CONSTRAINT ${quoteIdentifier(name)} CHECK (${expression})`,
            drop: `ALTER DOMAIN ${domain} DROP CONSTRAINT IF EXISTS ${quoteIdentifier(name)}`,
          }),
      ),
    ];
  });
}
