import { quoteIdentifier, quoteName } from '../../sql/quote.ts';
import type { WishOf } from '../grammar/wish.ts';
import { findTable } from '../names/lookup.ts';
import type { Refused } from './choices.ts';
import type { Desk } from './desk.ts';
import { isGone, place, theTable } from './names.ts';
import { alter, run } from './run.ts';

export function fulfilDropTable(desk: Desk, wish: WishOf<'drop-table'>): undefined {
  if (isGone(desk, wish)) return;
  const table = theTable(desk, wish.table);
  if (table === undefined) return desk.await(`Drop the table \`${wish.table}\` (which one is still to be answered).`);
  run(desk, `DROP TABLE ${quoteName(table.name, desk.engine)}`);
}

export function fulfilDropColumn(desk: Desk, wish: WishOf<'drop-column'>): undefined {
  if (isGone(desk, wish)) return;
  const found = place(desk, wish);
  if (found === undefined) return desk.await(`Drop the column \`${wish.column}\` (which one is still to be answered).`);
  run(desk, `${alter(desk, found.table)} DROP COLUMN ${quoteIdentifier(found.column.name, desk.engine)}`);
}

/** "Drop legacy": a table of that name, else a column. */
export function fulfilDrop(desk: Desk, { name, table }: WishOf<'drop'>): undefined {
  if (findTable(desk.catalog(), name).kind === 'found')
    return fulfilDropTable(desk, { kind: 'drop-table', table: name });
  return fulfilDropColumn(desk, { kind: 'drop-column', column: name, ...(table === undefined ? {} : { table }) });
}

export function fulfilRename(desk: Desk, { name, table, to, is }: WishOf<'rename'>): undefined {
  const isDone = isGone(
    desk,
    is === 'table' ? { table: name } : { column: name, ...(table === undefined ? {} : { table }) },
  );
  if (isDone) return;
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
  if (indexes.length === 0)
    return desk.note(
      `There is no index on ${written === undefined ? 'any table' : `\`${written}\``}, so none is dropped.`,
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
