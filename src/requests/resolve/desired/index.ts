import { applyAll } from '../../../sql/apply/index.ts';
import { type Catalog, emptyCatalog, type Table, tableOf } from '../../../sql/catalog.ts';
import type { Change } from '../../../sql/change.ts';
import { display, keyOf } from '../../../sql/name.ts';
import type { DesiredTable } from '../../statements/desired.ts';
import { consider } from '../consider.ts';
import type { Desk } from '../desk.ts';
import { bringColumns } from './columns.ts';
import { clearRenames } from './renames.ts';
import { bringThings, compareThings } from './things.ts';

/** Takes what is different between a table and what a text says it should be to the desk, each difference as a change. */
export function become(desk: Desk, desired: DesiredTable): undefined {
  const { after, partial, span } = desired;
  const name = display(after.name);
  desk.touch(after.name);
  const before = openAndDecided(desk);
  if (after.open || after.partitionOf !== undefined || after.partitionBy !== desired.shown.partitionBy) {
    return desk.giveUp(`The table \`${name}\` exists, and what it inherits or how it is partitioned is not compared.`);
  }
  if (partial) desk.note(`The text leaves parts of \`${name}\` out, so what it does not show stays as it is.`);

  const { renamed, gone, open } = clearRenames(desk, desired);
  const moves: readonly Change[] = [
    ...renamed.map(({ column, to }) => ({ kind: 'rename-column', table: after.name, column, to, span }) as const),
    ...gone.map((column) => dropColumn(after, column, span)),
  ];
  const shown = tableOf(applyAll(only(desk, desired.shown), moves).catalog, after.name) ?? desired.shown;
  for (const change of moves) if (change.kind === 'rename-column') consider(desk, change);
  const { added, dropped, kept } = compareThings(shown, after, desk.catalog());
  for (const change of dropped) consider(desk, { ...change, span });
  for (const change of moves)
    if (change.kind === 'drop-column' && !open.kept.has(change.column)) consider(desk, change);
  bringColumns(desk, shown, after, open.fresh, span);
  bringThings(desk, after, { added, kept }, span);

  if (openAndDecided(desk) === before) desk.note(`\`${name}\` is as the text has it already.`);
}

function dropColumn({ name: table }: Table, column: string, span: Change['span']): Change {
  return { kind: 'drop-column', table, column, ifExists: false, cascade: false, span };
}

/** How much there is to do and to ask so far. */
function openAndDecided(desk: Desk): number {
  const { goals, asked, notUnderstood } = desk.findings();
  return goals.length + asked.length + notUnderstood.length;
}

/** A catalog of the one table, in which its own columns can be renamed and dropped. */
function only(desk: Desk, table: Table): Catalog {
  return { ...emptyCatalog(desk.engine), tables: new Map([[keyOf(table.name), table]]) };
}
