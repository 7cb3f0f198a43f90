import { columnOf, type Table, tableOf } from '../../sql/catalog.ts';
import { display, type ObjectName } from '../../sql/name.ts';
import { quoteIdentifier, quoteName } from '../../sql/quote.ts';
import { noRow } from '../criteria.ts';
import { inDollars } from '../dollars.ts';
import { isLiteral, isOneExpression } from '../expression.ts';
import type { Goal } from '../goal.ts';
import { qualified } from '../names.ts';
import { backgroundMs, type Draft, lock, manual, step, type Unsupported } from '../recipe.ts';
import { isEmpty, type Situation } from '../situation.ts';

export type Backfill = Extract<Goal, { readonly kind: 'backfill' }>;

/** Rows that one transaction of a backfill changes: its row locks are held for well under a second. */
export const batch = 5_000;

/**
 * One statement that fills the rows batch by batch and commits after each: DO may commit when it runs outside a transaction
 * block (the manual, DO). So it can stand alone in a plain migration file, needs no procedure to be made and dropped, and
 * takes up where it was interrupted when it is run again, because it only looks at rows that have not got their value.
 * One UPDATE would hold its row locks until the last row is done; a loop outside the database cannot be proven here.
 */
export function backfill(goal: Backfill, situation: Situation): readonly Draft[] | Unsupported {
  const { table, column, value, where } = goal;
  const name = `${display(table)}.${column}`;
  if (!isOneExpression(value)) return { unsupported: `${name}: the value for existing rows is not one SQL expression` };
  if (where !== undefined && !isOneExpression(where))
    return { unsupported: `${name}: the condition for existing rows is not one SQL expression` };
  if (isEmpty(situation, table)) return [];

  const key = primaryKey(goal, situation);
  const condition = unfilled(goal, situation);
  if (key.length === 0 && where !== undefined && !isLiteral(value)) {
    return {
      unsupported: `${name}: ${display(table)} has no primary key to walk by, and the value is computed, so it cannot be told which rows are done`,
    };
  }
  return [filling(goal, { condition, open: openRows(goal, condition), text: text(goal), remark: '' }, situation)];
}

/**
 * Fills a column from the others of its row, batch by batch and resumable: only rows where it is empty and has a value to get
 * are looked at, so it is always known which are done.
 */
export function fill(table: ObjectName, column: string, value: string, situation: Situation): Draft {
  const condition = `${quoteIdentifier(column)} IS NULL AND (${value}) IS NOT NULL`;
  const goal: Backfill = { kind: 'backfill', table, column, value, where: condition };
  const says = {
    condition,
    open: condition,
    text: `No row of ${display(table)} waits for its value in ${column}`,
    remark: ' Triggers of the table fire for each row.',
  };
  return filling(goal, says, situation);
}

interface Says {
  /** The rows that the statement changes, and those that must not be left when it is done. */
  readonly condition: string;
  readonly open: string;
  readonly text: string;
  readonly remark: string;
}

function filling(goal: Backfill, { condition, open, text, remark }: Says, situation: Situation): Draft {
  const { table, column } = goal;
  const key = primaryKey(goal, situation);
  return step({
    title: `Fill ${display(table)}.${column} in existing rows of ${display(table)}`,
    phase: 'migrate',
    sql: [
      dollarQuoted(
        key.length === 0
          ? byPlace(goal, condition)
          : byKey(goal, key, condition, variablePrefix([tableOf(situation.catalog, goal.table)])),
      ),
    ],
    // The values stay: which rows had none before is not known any more.
    down: [],
    transaction: false,
    locks: [lock(table, 'RowExclusiveLock')],
    hazards: ['long-running'],
    statementTimeoutMs: backgroundMs,
    criteria: [noRow(table, open, text)],
    because: `Batches of ${batch} rows, each committed, so no row is locked for long; run it again after an interruption and it goes on with the rows that are left.${remark} Progress: SELECT count(*) FROM ${quoteName(table)} WHERE ${open}. DO can commit only outside a transaction block. ${manual('sql-do')}`,
  });
}

function primaryKey({ table }: Backfill, { catalog }: Situation): readonly string[] {
  const found = tableOf(catalog, table)?.constraints.find(({ kind }) => kind === 'primary-key');
  return found?.kind === 'primary-key' ? found.columns : [];
}

/** The rows that the statement changes. A computed value cannot be compared with itself, so there the condition decides alone. */
function unfilled({ table, column, value, where }: Backfill, { catalog }: Situation): string {
  const target = quoteIdentifier(column);
  if (where === undefined) return `${target} IS NULL`;
  if (!isLiteral(value)) return `(${where})`;
  // json has no equality operator (JSON Types).
  const known = tableOf(catalog, table);
  const cast = known !== undefined && columnOf(known, column)?.type === 'json' ? '::text' : '';
  return `(${where}) AND ${target}${cast} IS DISTINCT FROM (${value})${cast}`;
}

/** The rows that must not be left when it is done. */
function openRows({ column, value, where }: Backfill, condition: string): string {
  return where === undefined || isLiteral(value) ? condition : `(${where}) AND ${quoteIdentifier(column)} IS NULL`;
}

function text({ table, column, value, where }: Backfill): string {
  if (where === undefined) return `No row of ${display(table)} has NULL in ${column}`;
  const rows = `No row of ${display(table)} where ${where}`;
  return isLiteral(value) ? `${rows} has another value than ${value} in ${column}` : `${rows} has NULL in ${column}`;
}

/** A beginning that no table and no column has: SQL would read those (a table's name is its whole row) where a variable is meant. */
function variablePrefix(tables: readonly (Table | undefined)[]): string {
  const names = tables.flatMap((table) => (table === undefined ? [] : [table.name, ...table.columns]));
  let prefix = 'batch';
  while (names.some(({ name }) => name.startsWith(prefix))) prefix += '_';
  return prefix;
}

/** Walks the primary key, so that every batch reads only its own range of the index. */
function byKey({ table, column, value }: Backfill, key: readonly string[], condition: string, prefix: string): string {
  return walkKey(
    qualified(table),
    key,
    prefix,
    (range) => `UPDATE ${quoteName(qualified(table))} SET ${quoteIdentifier(column)} = (${value})
    WHERE ${range} AND ${condition};`,
  );
}

/**
 * One statement that does some work for a table range by range of its key, and commits after each. `others`: tables that the work names
 * as well.
 */
export function inBatches(
  table: Table,
  key: readonly string[],
  work: (range: string) => string,
  others: readonly Table[] = [],
): string {
  return dollarQuoted(walkKey(qualified(table.name), key, variablePrefix([table, ...others]), work));
}

function walkKey(
  table: Required<ObjectName>,
  key: readonly string[],
  prefix: string,
  work: (range: string) => string,
): string {
  const name = quoteName(table);
  const columns = key.map((each) => quoteIdentifier(each));
  const row = (parts: readonly string[]) => (parts.length === 1 ? parts.join() : `(${parts.join(', ')})`);
  const first = key.map((_, at) => `${prefix}_first_${at + 1}`);
  const last = key.map((_, at) => `${prefix}_last_${at + 1}`);
  const declared = [...first, ...last].map(
    (variable, at) => `  ${variable} ${name}.${columns[at % columns.length]}%TYPE;`,
  );
  const list = columns.join(', ');
  const descending = columns.map((each) => `${each} DESC`).join(', ');
  const range = `${row(columns)} >= ${row(first)} AND ${row(columns)} <= ${row(last)}`;
  return `DECLARE
${declared.join('\n')}
BEGIN
  SELECT ${list} INTO ${first.join(', ')} FROM ${name} ORDER BY ${list} LIMIT 1;
  WHILE ${first[0]} IS NOT NULL LOOP
    SELECT ${list} INTO ${last.join(', ')}
    FROM (SELECT ${list} FROM ${name} WHERE ${row(columns)} >= ${row(first)} ORDER BY ${list} LIMIT ${batch}) AS batch
    ORDER BY ${descending} LIMIT 1;
    ${work(range)}
    COMMIT;
    SELECT ${list} INTO ${first.join(', ')} FROM ${name} WHERE ${row(columns)} > ${row(last)} ORDER BY ${list} LIMIT 1;
  END LOOP;
END`;
}

/** Without a key: any rows that are left, until there are none. A value of NULL would leave its row for ever, so it is skipped. */
function byPlace({ table, column, value }: Backfill, condition: string): string {
  const name = quoteName(qualified(table));
  return `DECLARE
  changed bigint;
BEGIN
  LOOP
    UPDATE ${name} SET ${quoteIdentifier(column)} = (${value})
    WHERE ctid = ANY (ARRAY(SELECT ctid FROM ${name} WHERE ${condition} AND (${value}) IS NOT NULL LIMIT ${batch}));
    GET DIAGNOSTICS changed = ROW_COUNT;
    COMMIT;
    EXIT WHEN changed = 0;
  END LOOP;
END`;
}

function dollarQuoted(body: string): string {
  return `DO ${inDollars(`\n#variable_conflict use_column\n${body}\n`, 'backfill')}`;
}
