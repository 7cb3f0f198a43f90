import type { Catalog, Table } from '../../sql/catalog.ts';
import type { Column } from '../../sql/change.ts';
import { defaultSchema, display, keyOf, type ObjectName } from '../../sql/name.ts';
import { findColumn, findTable, isKnownTable, tableNames, tablesWithColumn } from '../names/lookup.ts';
import { snakeCase } from '../names/normal.ts';
import { similarTo } from '../names/similar.ts';
import { oneName } from './choices.ts';
import type { Desk } from './desk.ts';

/** Up to this many names are listed as choices; a person does not read more. */
const mostChoices = 8;

/** The table of that name; an unknown or ambiguous name is asked about. */
export function theTable(desk: Desk, written: string): Table | undefined {
  const found = findTable(desk.catalog(), written);
  if (found.kind === 'found') {
    desk.touch(found.thing.name);
    return found.thing;
  }
  const catalog = desk.catalog();
  if (found.kind === 'ambiguous') {
    const tables = [...catalog.tables.values()].filter((table) => found.names.includes(display(table.name)));
    const names = tables.map(({ name }) => full(name));
    const answer = desk.ask(
      {
        id: `schema-of:${idOf(written)}`,
        to: 'asker',
        text: `Several tables are called \`${written}\`. Which one is meant?`,
        choices: names,
      },
      oneName(names),
    );
    return answer === undefined ? undefined : catalog.tables.get(answer);
  }
  const names = tableNames(catalog);
  const answer = desk.ask(
    {
      id: `table:${idOf(written)}`,
      to: 'asker',
      text: `There is no table \`${written}\`. Which table is meant?`,
      choices: names.length <= mostChoices ? [...new Set([...found.didYouMean, ...names])] : found.didYouMean,
      didYouMean: found.didYouMean,
    },
    existingTable(desk),
  );
  return answer === undefined ? undefined : tableCalled(desk, answer);
}

/** The table that a new column belongs to, when the request does not say. */
export function tableForNew(desk: Desk, column: string | undefined): Table | undefined {
  const names = tableNames(desk.catalog());
  const answer = desk.ask(
    {
      id: `table-for:${idOf(column ?? 'column')}`,
      to: 'asker',
      text:
        column === undefined
          ? 'Which table is the new column for?'
          : `Which table is the new column \`${column}\` for?`,
      choices: names.length <= mostChoices ? names : [],
    },
    existingTable(desk),
  );
  return answer === undefined ? undefined : tableCalled(desk, answer);
}

/** The column of that name in the table; an unknown or ambiguous name is asked about. */
export function theColumn(desk: Desk, table: Table, written: string): Column | undefined {
  const found = findColumn(table, written);
  if (found.kind === 'found') return found.thing;
  const names = table.columns.map(({ name }) => name);
  const answer = desk.ask(
    {
      id: `column:${display(table.name)}.${idOf(written)}`,
      to: 'asker',
      text:
        found.kind === 'ambiguous'
          ? `Several columns of \`${display(table.name)}\` could be meant by \`${written}\`. Which one is it?`
          : `The table \`${display(table.name)}\` has no column \`${written}\`${elsewhere(desk, table, written)}. Which column is meant?`,
      choices: found.kind === 'ambiguous' ? found.names : names.length <= mostChoices ? names : found.didYouMean,
      didYouMean: found.kind === 'ambiguous' ? [] : found.didYouMean,
    },
    oneName(names),
  );
  return answer === undefined ? undefined : table.columns.find(({ name }) => name === answer);
}

/** Whether the request has already dropped or renamed it, so that a second sentence about it asks for nothing more. */
export function isGone(desk: Desk, written: { readonly table?: string; readonly column?: string }): boolean {
  const { table, column } = written;
  const had = (catalog: Catalog) => {
    if (column === undefined) return table !== undefined && isKnownTable(catalog, table);
    const holders = tablesWithColumn(catalog, column);
    if (table === undefined) return holders.length > 0;
    const found = findTable(catalog, table);
    return found.kind === 'found' && holders.includes(found.thing);
  };
  return had(desk.start) && !had(desk.catalog());
}

/** Where else there is a column of that name. */
function elsewhere(desk: Desk, table: Table, column: string): string {
  const holders = tablesWithColumn(desk.catalog(), column).filter((each) => each !== table);
  const [only, other] = holders;
  return only === undefined || other !== undefined ? '' : ` (\`${display(only.name)}\` has one)`;
}

/** A column that exists, with its table. */
export interface Place {
  readonly table: Table;
  readonly column: Column;
}

/** A column with its table, which may not have been named: then the one table that has such a column is meant. */
export function place(desk: Desk, written: { readonly table?: string; readonly column: string }): Place | undefined {
  if (written.table !== undefined) {
    const table = theTable(desk, written.table);
    const column = table === undefined ? undefined : theColumn(desk, table, written.column);
    return table === undefined || column === undefined ? undefined : { table, column };
  }
  const holders = tablesWithColumn(desk.catalog(), written.column);
  const [only, other] = holders;
  const table = only !== undefined && other === undefined ? only : whichTable(desk, written.column, holders);
  if (table === undefined) return undefined;
  desk.touch(table.name);
  const column = theColumn(desk, table, written.column);
  return column === undefined ? undefined : { table, column };
}

function whichTable(desk: Desk, column: string, holders: readonly Table[]): Table | undefined {
  const all = tableNames(desk.catalog());
  const names = holders.map(({ name }) => display(name)).toSorted();
  const near = similarTo(column, [
    ...new Set([...desk.catalog().tables.values()].flatMap(({ columns }) => columns.map(({ name }) => name))),
  ]);
  const answer = desk.ask(
    {
      id: `table-of:${idOf(column)}`,
      to: 'asker',
      text:
        names.length > 0
          ? `Several tables have a column \`${column}\`. Which table is meant?`
          : `No table has a column \`${column}\`. Which table is meant?`,
      choices: names.length > 0 ? names.slice(0, mostChoices) : all.length <= mostChoices ? all : [],
      didYouMean: names.length > 0 ? [] : near,
    },
    existingTable(desk),
  );
  return answer === undefined ? undefined : tableCalled(desk, answer);
}

function existingTable(desk: Desk): (answer: string) => string | { readonly refused: string } {
  return (answer) => {
    const bare = answer
      .trim()
      .replace(/^[`"']+|[`"'.]+$/g, '')
      .replace(/^(?:the )?(?:table )?/i, '')
      .replace(/ table$/i, '');
    return findTable(desk.catalog(), bare).kind === 'found' ? bare : oneName(tableNames(desk.catalog()))(bare);
  };
}

function tableCalled(desk: Desk, name: string): Table | undefined {
  const found = findTable(desk.catalog(), name);
  if (found.kind !== 'found') return undefined;
  desk.touch(found.thing.name);
  return found.thing;
}

function full(name: ObjectName): string {
  return keyOf({ schema: name.schema ?? defaultSchema, name: name.name });
}

/** A name as part of a question's id: the same for every spelling that means the same. */
export function idOf(written: string): string {
  return snakeCase(written).slice(0, 60) || 'unnamed';
}
