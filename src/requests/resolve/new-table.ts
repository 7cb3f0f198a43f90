import type { Table } from '../../sql/catalog.ts';
import { display, keyOf, type ObjectName } from '../../sql/name.ts';
import { quoteIdentifier, quoteName } from '../../sql/quote.ts';
import type { ColumnWish, WishOf } from '../grammar/wish.ts';
import { findTable } from '../names/lookup.ts';
import { oneOf, type Refused } from './choices.ts';
import { conditionSql } from './conditions.ts';
import { consider } from './consider.ts';
import type { Desk } from './desk.ts';
import { defaultSql, fulfilAddColumn, type Named, readName, referenceSql } from './new-columns.ts';
import { columnsFromText } from './read-columns.ts';
import { indexSql, run } from './run.ts';
import { changesOf } from './statement.ts';
import { typeFor } from './types.ts';

/** A new table. Without a primary key it gets a numbered `id`, and says so. */
export function fulfilCreateTable(desk: Desk, wish: WishOf<'create-table'>): undefined {
  const name = wish.table ?? askTableName(desk);
  if (name === undefined) return desk.await('Create a table (its name is still to be answered).');
  const dot = name.indexOf('.');
  const table: ObjectName = dot > 0 ? { schema: name.slice(0, dot), name: name.slice(dot + 1) } : { name };
  const present = findTable(desk.catalog(), name);
  if (present.kind === 'found') return extend(desk, present.thing, wish);
  const columns = wish.columns.length > 0 ? wish.columns : askColumns(desk, table);
  if (columns === undefined)
    return desk.await(`Create the table \`${display(table)}\` (its columns are still to be answered).`);
  const described = columns.filter((column): column is Named => column.name !== undefined);
  // An `id` of which nothing is said is the numbered one that a table without a key gets anyway.
  const named = described.filter(({ name: each, ...said }) => each !== 'id' || Object.keys(said).length > 0);
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
      column.required === true || keys.includes(column) ? ' NOT NULL' : '',
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
    run(desk, indexSql(table, quoteIdentifier(column.name, engine), engine));
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

/** "Create a table orders", where there is one: nothing is dropped, and what is lacking comes only when that is meant. */
function extend(desk: Desk, { name, columns: present }: Table, { columns }: WishOf<'create-table'>): undefined {
  const isMadeHere = present.every((column) => desk.isNew(name, column.name));
  if (isMadeHere) {
    for (const column of columns) fulfilAddColumn(desk, { kind: 'add-column', table: keyOf(name), column });
    return;
  }
  const choices = ['Leave it as it is', ...(columns.length > 0 ? ['Add the columns that it lacks'] : [])];
  const answer = desk.ask(
    {
      id: `table-exists:${display(name)}`,
      to: 'asker',
      text: `There already is a table \`${display(name)}\`. What is meant?`,
      choices,
    },
    oneOf(choices),
  );
  if (answer === undefined) return desk.await(`Create the table \`${display(name)}\` (there is one already).`);
  if (answer === 0) return desk.note(`The table \`${display(name)}\` is left as it is.`);
  for (const column of columns) fulfilAddColumn(desk, { kind: 'add-column', table: keyOf(name), column });
}
