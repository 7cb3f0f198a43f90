import type { Table } from '../../sql/catalog.ts';
import { display } from '../../sql/name.ts';
import { quoteIdentifier } from '../../sql/quote.ts';
import type { WishOf } from '../grammar/wish.ts';
import { findColumn } from '../names/lookup.ts';
import { snakeCase } from '../names/normal.ts';
import { singularName } from '../text/inflection.ts';
import type { Refused } from './choices.ts';
import type { Desk } from './desk.ts';
import { place, theColumn, theTable } from './names.ts';
import { indexSql, run } from './run.ts';
import { checkedExpression } from './values.ts';

export function fulfilIndex(desk: Desk, wish: WishOf<'index'>): undefined {
  if (wish.columns.length === 0 && isSpeltOut(desk, wish.table)) return;
  const found = wish.columns.length === 0 ? askColumns(desk, wish.table) : places(desk, wish.table, wish.columns);
  if (found === undefined)
    return desk.await(
      `Add an index${wish.columns.length === 0 ? '' : ` on ${wish.columns.join(', ')}`} (on what is still to be answered).`,
    );
  run(desk, indexSql(found.table.name, found.columns, desk.engine, wish.unique));
}

export interface Places {
  readonly table: Table;
  /** Quoted, separated by commas. */
  readonly columns: string;
}

/** The columns in quotes; `lower(code)` stands for an expression. The table is that of the first column where none is named. */
export function places(desk: Desk, table: string | undefined, columns: readonly string[]): Places | undefined {
  const first = columns.find((column) => !column.includes('('));
  const found =
    table !== undefined
      ? theTable(desk, table)
      : first === undefined
        ? undefined
        : place(desk, { column: first.replace(/ DESC$/, '') })?.table;
  if (found === undefined || columns.length === 0) return undefined;
  const keys = columns.map((column) => {
    if (column.includes('(')) {
      const expression = checkedExpression(column, desk.engine);
      return expression === undefined ? undefined : `(${expression})`;
    }
    const isDescending = column.endsWith(' DESC');
    const known = theColumn(desk, found, isDescending ? column.slice(0, -' DESC'.length) : column);
    return known === undefined
      ? undefined
      : `${quoteIdentifier(known.name, desk.engine)}${isDescending ? ' DESC' : ''}`;
  });
  return keys.includes(undefined) ? undefined : { table: found, columns: keys.join(', ') };
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

/** "Add an index to orders", where a statement of the same request says which. */
function isSpeltOut(desk: Desk, table: string | undefined): boolean {
  return desk.findings().goals.some((goal) => {
    if (goal.kind !== 'change' || goal.change.kind !== 'create-index') return false;
    const { name } = goal.change.index.table;
    return table === undefined || singularName(snakeCase(table)) === singularName(snakeCase(name));
  });
}
