import type { Table } from '../../sql/catalog.ts';
import { display, keyOf, type ObjectName } from '../../sql/name.ts';
import { quoteIdentifier, quoteName } from '../../sql/quote.ts';
import type { ColumnWish, WishOf } from '../grammar/wish.ts';
import { snakeCase } from '../names/normal.ts';
import type { Refused } from './choices.ts';
import { fulfilDefault, fulfilRequire } from './column-facts.ts';
import { conditionSql } from './conditions.ts';
import { type Desk, nowhere } from './desk.ts';
import { idOf, tableForNew, theTable } from './names.ts';
import { fulfilBackfill } from './rows.ts';
import { indexSql, run } from './run.ts';
import { type ChosenType, keyColumn, typeFor } from './types.ts';
import { answeredValue, valueSql } from './values.ts';

export type Named = ColumnWish & { readonly name: string };

/** A new column of an existing table, with its constraints as changes of their own. */
export function fulfilAddColumn(desk: Desk, { table: written, column }: WishOf<'add-column'>): undefined {
  const table = written === undefined ? tableForNew(desk, column.name) : theTable(desk, written);
  if (table === undefined)
    return desk.await(
      `Add the column ${column.name === undefined ? '' : `\`${column.name}\` `}(its table is still to be answered).`,
    );
  const isSpeltOut = table.columns.some((each) => desk.isNew(table.name, each.name));
  // "Add a column to orders", where a statement of the same request says which.
  if (column.name === undefined && isSpeltOut) return;
  const name = column.name ?? askName(desk, table.name);
  if (name === undefined)
    return desk.await(`Add a column to \`${display(table.name)}\` (its name is still to be answered).`);
  const named: Named = { ...column, name };
  const present = table.columns.find((each) => each.name === name || each.name === snakeCase(name));
  // What is said about a column that exists is about that column; only a new type is a contradiction.
  const type =
    present !== undefined && column.type === undefined ? { sql: present.type } : typeFor(desk, table.name, named);
  const preset = type === undefined ? undefined : defaultSql(desk, table.name, named, type);
  if (type === undefined || preset === undefined) {
    desk.await(`Add the column \`${name}\` to \`${display(table.name)}\` (what it holds is still to be answered).`, {
      kind: 'add-column',
      table: table.name,
      column: { name, type: type?.sql ?? 'text', nullable: true },
      ifNotExists: false,
      span: nowhere,
    });
    return undefined;
  }
  if (present !== undefined && column.type === undefined) return amend(desk, table, { ...named, name: present.name });
  const required = named.required === true || named.primaryKey === true ? ' NOT NULL' : '';
  const alter = `ALTER TABLE ${quoteName(table.name, desk.engine)}`;
  const id = quoteIdentifier(name, desk.engine);
  const assumed = [
    type.assumed,
    required === '' && named.required === undefined ? 'optional, because nothing else was said' : undefined,
  ].filter((each) => each !== undefined);
  run(desk, `${alter} ADD COLUMN ${id} ${type.sql}${required}${preset}`, {
    ...(named.existing === undefined ? {} : { existing: named.existing }),
    ...(assumed.length === 0 ? {} : { assumed: assumed.join('; ') }),
  });
  for (const sql of additions(desk, table.name, named)) run(desk, sql);
}

/** "orders must have a total greater than 0", where there is a total: what is said is about that column. */
function amend(desk: Desk, table: Table, column: Named): undefined {
  const place = { table: keyOf(table.name), column: column.name };
  const additional = additions(desk, table.name, column);
  const says = column.required !== undefined || column.default !== undefined || column.existing !== undefined;
  if (!says && additional.length === 0) {
    const { type } = table.columns.find(({ name }) => name === column.name) ?? { type: '' };
    return desk.note(
      `The column \`${display(table.name)}.${column.name}\` (${type}) exists already and is left as it is.`,
    );
  }
  if (column.default !== undefined)
    fulfilDefault(desk, { kind: 'default', ...place, value: column.default, drop: false });
  if (column.existing !== undefined) fulfilBackfill(desk, { kind: 'backfill', ...place, value: column.existing });
  if (column.required !== undefined) fulfilRequire(desk, { kind: 'require', ...place, required: column.required });
  for (const sql of additional) run(desk, sql);
}

function askName(desk: Desk, table: ObjectName): string | undefined {
  return desk.ask(
    {
      id: `name-of-column:${display(table)}`,
      to: 'asker',
      text: `What is the new column of \`${display(table)}\` to be called?`,
    },
    readName,
  );
}

export function readName(answer: string): string | Refused {
  const name = snakeCase(answer.trim().replace(/^`|`$/g, '').slice(0, 100));
  return /^[\p{L}_][\p{L}\p{N}_]{0,62}$/u.test(name) ? name : { refused: 'it is no name for a column' };
}

/** ` DEFAULT ...`, nothing, or `undefined` while the value is asked about. */
export function defaultSql(
  desk: Desk,
  table: ObjectName,
  { name, default: preset }: Named,
  type: ChosenType,
): string | undefined {
  if (preset === undefined) return '';
  const value = valueSql(preset, canonical(type), desk);
  if (typeof value === 'string') return value === 'NULL' ? '' : ` DEFAULT ${value}`;
  const answer = desk.ask(
    {
      id: `default:${display(table)}.${idOf(name)}`,
      to: 'asker',
      text: `\`${preset.text.slice(0, 60)}\` cannot be the default of \`${name}\` (${type.sql}): ${value.refused}. Which default is meant?`,
    },
    (text) => valueSql(answeredValue(text), canonical(type), desk),
  );
  return answer === undefined ? undefined : answer === 'NULL' ? '' : ` DEFAULT ${answer}`;
}

function canonical({ sql }: ChosenType): string {
  return sql.toLowerCase();
}

/** Constraints and indexes that the words about a column ask for. */
function additions(
  desk: Desk,
  table: ObjectName,
  { name, unique, references, check, indexed }: Named,
): readonly string[] {
  const { engine } = desk;
  const on = quoteName(table, engine);
  const id = quoteIdentifier(name, engine);
  const found: string[] = [];
  if (unique === true) found.push(`ALTER TABLE ${on} ADD UNIQUE (${id})`);
  if (check !== undefined) {
    const condition = conditionSql(check, name, engine);
    if (condition === undefined) desk.giveUp(`The condition on \`${name}\`: ${check}`);
    else found.push(`ALTER TABLE ${on} ADD CHECK (${condition})`);
  }
  if (references !== undefined)
    found.push(`ALTER TABLE ${on} ADD FOREIGN KEY (${id}) REFERENCES ${referenceSql(desk, references)}`);
  if (indexed === true) found.push(indexSql(table, id, engine));
  return found;
}

/** `customers (id) ON DELETE CASCADE`; the table may be unknown yet and is asked about as a name of the change. */
export function referenceSql(desk: Desk, { table, column, onDelete }: NonNullable<ColumnWish['references']>): string {
  const found = theTable(desk, table);
  const name = found === undefined ? quoteIdentifier(table, desk.engine) : quoteName(found.name, desk.engine);
  const key = column ?? (found === undefined ? undefined : keyColumn(found));
  const target = key === undefined ? '' : ` (${quoteIdentifier(key, desk.engine)})`;
  return `${name}${target}${onDelete === undefined ? '' : ` ON DELETE ${onDelete.toUpperCase()}`}`;
}
