import { display, type ObjectName } from '../../sql/name.ts';
import { quoteIdentifier, quoteName } from '../../sql/quote.ts';
import type { ColumnWish, WishOf } from '../grammar/wish.ts';
import { snakeCase } from '../names/normal.ts';
import type { Refused } from './choices.ts';
import { conditionSql } from './conditions.ts';
import { consider } from './consider.ts';
import type { Desk } from './desk.ts';
import { idOf, tableForNew, theTable } from './names.ts';
import { columnsFromText } from './read-columns.ts';
import { changesOf } from './statement.ts';
import { type ChosenType, keyColumn, typeFor } from './types.ts';
import { answeredValue, valueSql } from './values.ts';

type Named = ColumnWish & { readonly name: string };

/** A new column of an existing table, with its constraints as changes of their own. */
export function fulfilAddColumn(desk: Desk, { table: written, column }: WishOf<'add-column'>): undefined {
  const table = written === undefined ? tableForNew(desk, column.name) : theTable(desk, written);
  if (table === undefined)
    return desk.await(
      `Add the column ${column.name === undefined ? '' : `\`${column.name}\` `}(its table is still to be answered).`,
    );
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
      span: { line: 1, column: 1, endLine: 1, endColumn: 1 },
    });
    return undefined;
  }
  const required = named.required === true || named.primaryKey === true ? ' NOT NULL' : '';
  const alter = `ALTER TABLE ${quoteName(table.name, desk.engine)}`;
  const id = quoteIdentifier(name, desk.engine);
  const assumed = [
    type.assumed,
    required === '' && named.required === undefined ? 'optional, because nothing else was said' : undefined,
  ].filter((each) => each !== undefined);
  for (const change of changesOf(`${alter} ADD COLUMN ${id} ${type.sql}${required}${preset}`, desk.engine)) {
    consider(desk, change, {
      ...(named.existing === undefined ? {} : { existing: named.existing }),
      ...(assumed.length === 0 ? {} : { assumed: assumed.join('; ') }),
    });
  }
  for (const sql of additions(desk, table.name, named))
    for (const change of changesOf(sql, desk.engine)) consider(desk, change);
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

function readName(answer: string): string | Refused {
  const name = snakeCase(answer.trim().replace(/^`|`$/g, '').slice(0, 100));
  return /^[\p{L}_][\p{L}\p{N}_]{0,62}$/u.test(name) ? name : { refused: 'it is no name for a column' };
}

/** ` DEFAULT ...`, nothing, or `undefined` while the value is asked about. */
function defaultSql(
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
  if (indexed === true) found.push(`CREATE INDEX ON ${on} (${id})`);
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

/** A new table. Without a primary key it gets a numbered `id`, and says so. */
export function fulfilCreateTable(desk: Desk, wish: WishOf<'create-table'>): undefined {
  const name = wish.table ?? askTableName(desk);
  if (name === undefined) return desk.await('Create a table (its name is still to be answered).');
  const dot = name.indexOf('.');
  const table: ObjectName = dot > 0 ? { schema: name.slice(0, dot), name: name.slice(dot + 1) } : { name };
  const columns = wish.columns.length > 0 ? wish.columns : askColumns(desk, table);
  if (columns === undefined)
    return desk.await(`Create the table \`${display(table)}\` (its columns are still to be answered).`);
  const named = columns.filter((column): column is Named => column.name !== undefined);
  const parts = named
    .map((column) => ({ column, type: typeFor(desk, table, column) }))
    .map(({ column, type }) => ({
      column,
      type,
      preset: type === undefined ? undefined : defaultSql(desk, table, column, type),
    }));
  if (parts.some(({ preset }) => preset === undefined))
    return desk.await(`Create the table \`${display(table)}\` (what its columns hold is still to be answered).`);

  const { engine } = desk;
  const keys = named.filter(({ primaryKey }) => primaryKey === true);
  const hasId = named.some((column) => column.name === 'id');
  const lines = parts.map(({ column, type, preset }) => {
    const isKey = keys.length === 0 && column.name === 'id';
    const id = quoteIdentifier(column.name, engine);
    const rest = [
      column.required === true ? ' NOT NULL' : '',
      preset,
      column.unique === true ? ' UNIQUE' : '',
      isKey ? ' PRIMARY KEY' : '',
    ];
    const check = column.check === undefined ? undefined : conditionSql(column.check, column.name, engine);
    if (check !== undefined) rest.push(` CHECK (${check})`);
    if (column.references !== undefined) rest.push(` REFERENCES ${referenceSql(desk, column.references)}`);
    return `${id} ${type?.sql ?? 'text'}${rest.join('')}`;
  });
  if (keys.length > 0) lines.push(`PRIMARY KEY (${keys.map((key) => quoteIdentifier(key.name, engine)).join(', ')})`);
  const assumed: string[] = parts.flatMap(({ column, type }) =>
    type?.assumed === undefined ? [] : [`\`${column.name}\`: ${type.assumed}`],
  );
  if (keys.length === 0 && !hasId) {
    lines.unshift(
      engine === 'postgresql'
        ? 'id bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY'
        : 'id bigint AUTO_INCREMENT PRIMARY KEY',
    );
    assumed.push('a numbered `id` is the primary key, because none was named');
  }
  const sql = `CREATE TABLE ${quoteName(table, engine)} (\n${lines.join(',\n')}\n)`;
  const changes = changesOf(sql, engine);
  if (changes.length === 0)
    return desk.giveUp(`Create the table \`${display(table)}\`: the description does not make a valid statement.`);
  for (const change of changes) consider(desk, change, assumed.length === 0 ? {} : { assumed: assumed.join('; ') });
  for (const column of named.filter(({ indexed }) => indexed === true)) {
    for (const change of changesOf(
      `CREATE INDEX ON ${quoteName(table, engine)} (${quoteIdentifier(column.name, engine)})`,
      engine,
    ))
      consider(desk, change);
  }
}

function askTableName(desk: Desk): string | undefined {
  return desk.ask({ id: 'name-of-table', to: 'asker', text: 'What is the new table to be called?' }, readName);
}

function askColumns(desk: Desk, table: ObjectName): readonly ColumnWish[] | undefined {
  return desk.ask(
    {
      id: `columns-of:${display(table)}`,
      to: 'asker',
      text: `Which columns is the new table \`${display(table)}\` to have? (For example: \`code text required unique, amount numeric(12,2)\`.)`,
    },
    (answer): readonly ColumnWish[] | Refused => {
      const columns = columnsFromText(answer, desk);
      return columns.length > 0 ? columns : { refused: 'it names no column' };
    },
  );
}
