import type { Table } from '../../sql/catalog.ts';
import { display } from '../../sql/name.ts';
import { quoteIdentifier, quoteName } from '../../sql/quote.ts';
import { findColumn, findTable } from '../names/lookup.ts';
import type { WishOf } from '../sentences/wish.ts';
import { singularName } from '../text/inflection.ts';
import type { Refused } from './choices.ts';
import { conditionSql } from './conditions.ts';
import { consider, type Hints } from './consider.ts';
import type { Desk } from './desk.ts';
import { place, theColumn, theTable } from './names.ts';
import { fulfilAddColumn, referenceSql } from './new-columns.ts';
import { changesOf } from './statement.ts';
import { keyColumn, writtenType } from './types.ts';
import { answeredValue, checkedExpression, valueSql } from './values.ts';

export function fulfilDropTable(desk: Desk, wish: WishOf<'drop-table'>): undefined {
  const table = theTable(desk, wish.table);
  if (table === undefined) return desk.await(`Drop the table \`${wish.table}\` (which one is still to be answered).`);
  run(desk, `DROP TABLE ${quoteName(table.name, desk.engine)}`);
}

export function fulfilDropColumn(desk: Desk, wish: WishOf<'drop-column'>): undefined {
  const found = place(desk, wish);
  if (found === undefined) return desk.await(`Drop the column \`${wish.column}\` (which one is still to be answered).`);
  run(desk, `${alter(desk, found.table)} DROP COLUMN ${quoteIdentifier(found.column.name, desk.engine)}`);
}

/** "Drop legacy": a table of that name, else a column. */
export function fulfilDrop(desk: Desk, { name, table }: WishOf<'drop'>): undefined {
  if (findTable(desk.catalog(), name).kind === 'found')
    return fulfilDropTable(desk, { kind: 'drop-table', table: name });
  const within = table === undefined ? undefined : findTable(desk.catalog(), table);
  const holds = within?.kind === 'found' && findColumn(within.thing, name).kind === 'found';
  return fulfilDropColumn(desk, {
    kind: 'drop-column',
    column: name,
    ...(holds && table !== undefined ? { table } : {}),
  });
}

export function fulfilRename(desk: Desk, { name, table, to, is }: WishOf<'rename'>): undefined {
  const isTable =
    is === 'table' || (is === undefined && table === undefined && findTable(desk.catalog(), name).kind === 'found');
  if (isTable) {
    const found = theTable(desk, name);
    if (found === undefined)
      return desk.await(`Rename the table \`${name}\` to \`${to}\` (which one is still to be answered).`);
    return run(desk, `${alter(desk, found)} RENAME TO ${quoteIdentifier(to, desk.engine)}`);
  }
  const found = place(desk, { column: name, ...(table === undefined ? {} : { table }) });
  if (found === undefined)
    return desk.await(`Rename the column \`${name}\` to \`${to}\` (which one is still to be answered).`);
  run(
    desk,
    `${alter(desk, found.table)} RENAME COLUMN ${quoteIdentifier(found.column.name, desk.engine)} TO ${quoteIdentifier(to, desk.engine)}`,
  );
}

export function fulfilChangeType(desk: Desk, wish: WishOf<'change-type'>): undefined {
  const found = place(desk, wish);
  const type =
    found === undefined ? undefined : writtenType(desk, found.table.name, found.column.name, wish.type ?? '?');
  if (found === undefined || type === undefined)
    return desk.await(`Change the type of \`${wish.column}\` (to which one is still to be answered).`);
  const column = quoteIdentifier(found.column.name, desk.engine);
  const verb = desk.engine === 'postgresql' ? `ALTER COLUMN ${column} TYPE` : `MODIFY COLUMN ${column}`;
  run(
    desk,
    `${alter(desk, found.table)} ${verb} ${type.sql}`,
    type.assumed === undefined ? {} : { assumed: type.assumed },
  );
}

export function fulfilRequire(desk: Desk, wish: WishOf<'require'>): undefined {
  const found = place(desk, wish);
  const what = wish.required ? 'required' : 'optional';
  if (found === undefined) return desk.await(`Make \`${wish.column}\` ${what} (which column is still to be answered).`);
  const column = quoteIdentifier(found.column.name, desk.engine);
  if (desk.engine === 'postgresql')
    return run(desk, `${alter(desk, found.table)} ALTER COLUMN ${column} ${wish.required ? 'SET' : 'DROP'} NOT NULL`);
  run(
    desk,
    `${alter(desk, found.table)} MODIFY COLUMN ${column} ${found.column.type} ${wish.required ? 'NOT NULL' : 'NULL'}`,
  );
}

export function fulfilDefault(desk: Desk, wish: WishOf<'default'>): undefined {
  const found = place(desk, wish);
  if (found === undefined)
    return desk.await(`Change the default of \`${wish.column}\` (which column is still to be answered).`);
  const { table, column } = found;
  const at = `${alter(desk, table)} ALTER COLUMN ${quoteIdentifier(column.name, desk.engine)}`;
  if (wish.drop) {
    if (column.default === undefined)
      return desk.note(`\`${display(table.name)}.${column.name}\` has no default already.`);
    return run(desk, `${at} DROP DEFAULT`);
  }
  const given = wish.value === undefined ? undefined : valueSql(wish.value, column.type, desk);
  const value =
    typeof given === 'string'
      ? given
      : desk.ask(
          {
            id: `default:${display(table.name)}.${column.name}`,
            to: 'asker',
            text: `Which default is \`${display(table.name)}.${column.name}\` (${column.type}) to have?${given === undefined ? '' : ` \`${wish.value?.text.slice(0, 60)}\` cannot be it: ${given.refused}.`}`,
          },
          (answer) => valueSql(answeredValue(answer), column.type, desk),
        );
  if (value === undefined)
    return desk.await(`Set the default of \`${column.name}\` (which one is still to be answered).`);
  run(desk, `${at} SET DEFAULT ${value}`);
}

export function fulfilUnique(desk: Desk, wish: WishOf<'unique'>): undefined {
  const found = places(desk, wish.table, wish.columns);
  if (found === undefined)
    return desk.await(
      `Make ${wish.columns.map((column) => `\`${column}\``).join(', ')} unique (which columns is still to be answered).`,
    );
  run(desk, `${alter(desk, found.table)} ADD UNIQUE (${found.columns})`);
}

export function fulfilIndex(desk: Desk, wish: WishOf<'index'>): undefined {
  const found = wish.columns.length === 0 ? askColumns(desk, wish.table) : places(desk, wish.table, wish.columns);
  if (found === undefined)
    return desk.await(
      `Add an index${wish.columns.length === 0 ? '' : ` on ${wish.columns.join(', ')}`} (on what is still to be answered).`,
    );
  run(
    desk,
    `CREATE ${wish.unique ? 'UNIQUE ' : ''}INDEX ON ${quoteName(found.table.name, desk.engine)} (${found.columns})`,
  );
}

interface Places {
  readonly table: Table;
  /** Quoted, separated by commas. */
  readonly columns: string;
}

function places(desk: Desk, table: string | undefined, columns: readonly string[]): Places | undefined {
  const [first, ...others] = columns;
  if (first === undefined) return undefined;
  const found = place(desk, { column: first, ...(table === undefined ? {} : { table }) });
  if (found === undefined) return undefined;
  const rest = others.map((name) => theColumn(desk, found.table, name));
  const names = [found.column, ...rest].flatMap((column) => (column === undefined ? [] : [column.name]));
  return names.length < columns.length
    ? undefined
    : { table: found.table, columns: names.map((name) => quoteIdentifier(name, desk.engine)).join(', ') };
}

function askColumns(desk: Desk, written: string | undefined): Places | undefined {
  const table = written === undefined ? undefined : theTable(desk, written);
  if (written !== undefined && table === undefined) return undefined;
  const answer = desk.ask(
    {
      id: `index-columns:${table === undefined ? 'unnamed' : display(table.name)}`,
      to: 'asker',
      text:
        table === undefined
          ? 'Which columns of which table is the index to cover? (For example: `orders.status`.)'
          : `Which columns of \`${display(table.name)}\` is the index to cover?`,
      choices: (table?.columns ?? []).map(({ name }) => name).slice(0, 8),
    },
    (text): readonly string[] | Refused => {
      const names = text.split(/[\s,()`;&]+/).filter((name) => name !== '' && !/^and$/i.test(name));
      const bare = table === undefined ? names : names.map((name) => name.slice(name.lastIndexOf('.') + 1));
      const letters =
        table !== undefined && bare.length === 1 && /^[a-z]$/i.test(bare[0] ?? '')
          ? [table.columns[(bare[0] ?? 'a').toLowerCase().charCodeAt(0) - 97]?.name ?? '']
          : bare;
      const unknown =
        table === undefined
          ? letters.find((name) => !name.includes('.'))
          : letters.find((name) => findColumn(table, name).kind !== 'found');
      if (letters.length === 0) return { refused: 'it names no column' };
      return unknown === undefined
        ? letters
        : {
            refused:
              table === undefined
                ? 'a table is missing'
                : `\`${unknown.slice(0, 60)}\` is no column of \`${display(table.name)}\``,
          };
    },
  );
  if (answer === undefined) return undefined;
  if (table !== undefined) return places(desk, written, answer);
  const [first = ''] = answer;
  const dot = first.lastIndexOf('.');
  return places(
    desk,
    first.slice(0, dot),
    answer.map((name) => name.slice(name.lastIndexOf('.') + 1)),
  );
}

export function fulfilDropIndex(desk: Desk, { table: written, name, columns }: WishOf<'drop-index'>): undefined {
  const tables =
    written === undefined
      ? [...desk.catalog().tables.values()]
      : [theTable(desk, written)].filter((table) => table !== undefined);
  if (written !== undefined && tables.length === 0)
    return desk.await('Drop an index (of which table is still to be answered).');
  const indexes = tables.flatMap((table) => table.indexes.map((index) => ({ table, index })));
  const fitting = indexes.filter(({ index }) =>
    name === undefined
      ? columns.length === 0 || columns.every((column) => index.keys.some((key) => key.column === column))
      : index.name === name,
  );
  const names = (fitting.length > 0 ? fitting : indexes).flatMap(({ index }) => index.name ?? []);
  const [only, other] = fitting;
  const chosenName =
    only !== undefined && other === undefined
      ? only.index.name
      : desk.ask(
          {
            id: `index:${name ?? `${written ?? ''}.${columns.join('+')}`}`,
            to: 'asker',
            text:
              fitting.length > 1
                ? 'Several indexes could be meant. Which one is to be dropped?'
                : `There is no index${name === undefined ? '' : ` \`${name}\``} like that. Which one is to be dropped?`,
            choices: names.slice(0, 8),
          },
          (text): string | Refused => {
            const bare = text.trim().replace(/^`|`$/g, '');
            const at = /^[a-h]$/i.test(bare) ? bare.toLowerCase().charCodeAt(0) - 97 : names.indexOf(bare);
            return names[at] ?? { refused: 'there is no such index' };
          },
        );
  const owner = indexes.find(({ index }) => index.name === chosenName)?.table;
  if (chosenName === undefined || owner === undefined)
    return desk.await('Drop an index (which one is still to be answered).');
  const at = { ...owner.name, name: chosenName };
  run(
    desk,
    desk.engine === 'postgresql'
      ? `DROP INDEX ${quoteName(at, desk.engine)}`
      : `DROP INDEX ${quoteIdentifier(chosenName, desk.engine)} ON ${quoteName(owner.name, desk.engine)}`,
  );
}

export function fulfilReference(desk: Desk, wish: WishOf<'reference'>): undefined {
  const target = theTable(desk, wish.to.table);
  const sentence = `Add a foreign key to \`${wish.to.table}\` (from where is still to be answered).`;
  if (target === undefined) return desk.await(sentence);
  const column = wish.column ?? `${singularName(target.name.name)}_${keyColumn(target) ?? 'id'}`;
  const table = wish.table === undefined ? undefined : theTable(desk, wish.table);
  if (wish.table !== undefined && table === undefined) return desk.await(sentence);
  // "orders should reference customers": the column comes with the key where it is not there.
  if (wish.column === undefined && table !== undefined && findColumn(table, column).kind !== 'found') {
    return fulfilAddColumn(desk, {
      kind: 'add-column',
      table: wish.table ?? '',
      column: { name: column, references: wish.to },
    });
  }
  const found = place(desk, { column, ...(wish.table === undefined ? {} : { table: wish.table }) });
  if (found === undefined) return desk.await(sentence);
  const assumed =
    wish.to.onDelete === undefined
      ? { assumed: 'a row that is referenced cannot be deleted, because nothing else was said' }
      : {};
  run(
    desk,
    `${alter(desk, found.table)} ADD FOREIGN KEY (${quoteIdentifier(found.column.name, desk.engine)}) REFERENCES ${referenceSql(desk, wish.to)}`,
    assumed,
  );
}

export function fulfilCheck(desk: Desk, wish: WishOf<'check'>): undefined {
  const found = wish.column === undefined ? undefined : place(desk, { ...wish, column: wish.column });
  const table =
    found?.table ?? (wish.column === undefined && wish.table !== undefined ? theTable(desk, wish.table) : undefined);
  if (table === undefined)
    return desk.await(
      `Check ${wish.condition.replaceAll('VALUE', wish.column ?? 'VALUE')} (on which column is still to be answered).`,
    );
  const condition = conditionSql(wish.condition, found?.column.name, desk.engine);
  const sql =
    condition ??
    desk.ask(
      {
        id: `check:${display(table.name)}.${found?.column.name ?? ''}`,
        to: 'asker',
        text: `The condition \`${wish.condition.slice(0, 100)}\` is no SQL expression. Which condition must rows of \`${display(table.name)}\` meet?`,
      },
      (answer): string | Refused =>
        checkedExpression(answer.replaceAll('`', ''), desk.engine) ?? { refused: 'it is no SQL expression' },
    );
  if (sql === undefined)
    return desk.await(`Add a check to \`${display(table.name)}\` (the condition is still to be answered).`);
  run(desk, `${alter(desk, table)} ADD CHECK (${sql})`);
}

export function fulfilBackfill(desk: Desk, wish: WishOf<'backfill'>): undefined {
  const found = place(desk, wish);
  if (found === undefined) return desk.await(`Fill \`${wish.column}\` (which column is still to be answered).`);
  const { table, column } = found;
  const name = `\`${display(table.name)}.${column.name}\``;
  const given = wish.value === undefined ? undefined : valueSql(wish.value, column.type, desk, table);
  const value =
    typeof given === 'string'
      ? given
      : desk.ask(
          {
            id: `fill:${display(table.name)}.${column.name}`,
            to: 'asker',
            text: `Which value are existing rows to get in ${name} (${column.type})?${given === undefined ? '' : ` \`${wish.value?.text.slice(0, 60)}\` cannot be it: ${given.refused}.`}`,
          },
          (answer) => valueSql(answeredValue(answer), column.type, desk, table),
        );
  const where = wish.where === undefined ? undefined : checkedExpression(wish.where, desk.engine);
  const which =
    wish.where === undefined || where !== undefined
      ? where
      : desk.ask(
          {
            id: `rows:${display(table.name)}.${column.name}`,
            to: 'asker',
            text: `\`${wish.where.slice(0, 100)}\` is no SQL condition. Which rows of \`${display(table.name)}\` are to be filled?`,
          },
          (answer): string | Refused =>
            checkedExpression(answer.replaceAll('`', ''), desk.engine) ?? { refused: 'it is no SQL condition' },
        );
  if (value === undefined || (wish.where !== undefined && which === undefined))
    return desk.await(`Fill ${name} (with what is still to be answered).`);
  desk.decide(
    {
      kind: 'backfill',
      table: table.name,
      column: column.name,
      value,
      ...(which === undefined ? {} : { where: which }),
    },
    `Give ${name} the value \`${value}\` in ${which === undefined ? 'all existing rows' : `the existing rows where \`${which}\``}.`,
  );
}

function alter(desk: Desk, table: Table): string {
  return `ALTER TABLE ${quoteName(table.name, desk.engine)}`;
}

function run(desk: Desk, sql: string, hints: Hints = {}): undefined {
  const changes = changesOf(sql, desk.engine);
  if (changes.length === 0) return desk.giveUp(`${sql}: this is not understood for ${desk.engine}.`);
  for (const change of changes) consider(desk, change, hints);
}
