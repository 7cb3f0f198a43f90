import { type Guard, type Rename, renameStatements, unrenameStatements } from '../../planner/schemas/index.ts';
import { keyOf } from '../../sql/name.ts';
import { type Seeded, type SeedOptions, seedRows } from '../seed/seed.ts';
import type { Session } from '../session.ts';

/** What rows are to satisfy beside what their tables demand, in the names that the renames give. */
export interface Fitting {
  readonly guards: readonly Guard[];
  readonly renames: readonly Rename[];
}

/**
 * Makes up rows that a plan presupposes: while they are made, the tables demand what the desired schema will, and not a moment longer.
 * A guard that cannot be there yet (it names a column that is new, or a row is there that breaks it) is left out.
 */
export async function seedFitting(
  session: Session,
  options: SeedOptions,
  { guards, renames }: Fitting,
): Promise<Seeded & { readonly guarded: ReadonlySet<string> }> {
  const held: Guard[] = [];
  await underNewNames(session, renames, async () => {
    for (const guard of guards) {
      await session.run('SAVEPOINT guard');
      if ((await session.run(guard.add)).ok) held.push(guard);
      else await session.run('ROLLBACK TO guard');
    }
  });
  const seeded = await seedRows(session, options);
  await underNewNames(session, renames, async () => {
    for (const { drop } of held.toReversed()) await session.run(drop);
  });
  return { ...seeded, guarded: oldNames(held, renames) };
}

/** What is done is kept, and the names are those of before. */
async function underNewNames(session: Session, renames: readonly Rename[], work: () => Promise<void>): Promise<void> {
  await session.run('BEGIN');
  for (const statement of renames.flatMap(renameStatements)) await session.run(statement);
  await work();
  for (const statement of renames.toReversed().flatMap(unrenameStatements)) await session.run(statement);
  await session.run('COMMIT');
}

function oldNames(guards: readonly Guard[], renames: readonly Rename[]): ReadonlySet<string> {
  return new Set(guards.flatMap(({ table }) => (table === undefined ? [] : [tableBefore(table, renames)])));
}

function tableBefore(table: string, renames: readonly Rename[]): string {
  const rename = renames.find((each) => tableAfter(each) === table);
  return rename?.kind === 'rename-table' || rename?.kind === 'move-table' ? keyOf(rename.table) : table;
}

function tableAfter(rename: Rename): string | undefined {
  if (rename.kind === 'move-table') return keyOf(rename.to);
  return rename.kind === 'rename-table' ? keyOf({ ...rename.table, name: rename.to }) : undefined;
}

/** What a column, as `schema.table.column`, is called before the renames. */
export function columnBefore(column: string, renames: readonly Rename[]): string {
  const rename = renames.find((each) => each.kind === 'rename-column' && `${keyOf(each.table)}.${each.to}` === column);
  const name = rename?.kind === 'rename-column' ? `${keyOf(rename.table)}.${rename.column}` : column;
  const dot = name.lastIndexOf('.');
  return `${tableBefore(name.slice(0, dot), renames)}${name.slice(dot)}`;
}
