import { editDistance } from '../../kernel/edit-distance.ts';
import type { Catalog, Table } from '../../sql/catalog.ts';
import type { BodyOf, Column } from '../../sql/change.ts';
import { defaultSchema, display, keyOf, type ObjectName } from '../../sql/name.ts';
import type { Question } from '../question.ts';
import type { Answers } from './answers.ts';
import { type Candidate, candidatesFor, evidenceOf } from './moves.ts';

export type Rename = BodyOf<'create-schema' | 'rename-table' | 'rename-column'> | MoveTable;

/** A table goes to another schema, under its own name or another one. */
export interface MoveTable {
  readonly kind: 'move-table';
  readonly table: ObjectName;
  readonly to: Required<ObjectName>;
  /** The name that it has in between where both change: one that nothing else has. */
  readonly via?: ObjectName;
}

export interface Renames {
  readonly renames: readonly Rename[];
  readonly questions: readonly Question[];
}

/**
 * The tables and columns that have another name in the desired schema, as far as somebody has said so. What is gone while
 * something similar is new is asked, never guessed: taken for a rename it would keep rows that nobody wants, taken for a drop it
 * would lose them.
 */
export function renamesBetween(current: Catalog, desired: Catalog, answers: Answers): Renames {
  const renames: Rename[] = [];
  const questions: Question[] = [];
  const goneTables = missing(current, desired);
  const newTables = missing(desired, current);
  for (const table of goneTables) {
    const key = keyOf(table.name);
    const moved = movesOf(table.name, { current, desired }, answers);
    renames.push(...moved.filter((each) => !renames.some((other) => isSameSchema(each, other))));
    if (moved.length === 0 && !answers.drops.has(key)) {
      const similar = newTables.filter((other) => isSimilarTable(table, other) && !isTaken(other, current, answers));
      if (similar.length > 0) questions.push(aboutTable(table, similar));
      else questions.push(...aboutColumnsOf(table, { current, desired }, answers));
    }
  }

  for (const table of current.tables.values()) {
    const name = newNameOf(table.name, answers);
    const after = desired.tables.get(keyOf(name));
    // A partition's columns are its table's.
    if (after === undefined || table.partitionOf !== undefined) continue;
    for (const column of table.columns.filter(({ name }) => !has(after, name))) {
      const key = `${keyOf(table.name)}.${column.name}`;
      const to = answers.renames.get(key);
      if (to !== undefined) renames.push({ kind: 'rename-column', table: name, column: column.name, to });
      else if (!answers.drops.has(key) && answers.moves?.has(key) !== true) {
        const similar = after.columns.filter(
          (other) =>
            !has(table, other.name) && isSimilarColumn(column, other) && !isTarget(table, after, other, answers),
        );
        const elsewhere = freeCandidates({ ...table, name }, column, { current, desired }, answers);
        if (similar.length + elsewhere.length > 0)
          questions.push(aboutColumn(table, column, after, similar, elsewhere));
      }
    }
  }
  return { renames, questions };
}

/** How a table is called when it has its new name and schema. */
export function newNameOf(table: ObjectName, { renames, schemas }: Answers): Required<ObjectName> {
  const key = keyOf(table);
  return { schema: schemas?.get(key) ?? table.schema ?? defaultSchema, name: renames.get(key) ?? table.name };
}

/** A schema that is new as well is made first. */
function movesOf(
  table: ObjectName,
  { current, desired }: { readonly current: Catalog; readonly desired: Catalog },
  answers: Answers,
): readonly Rename[] {
  const to = newNameOf(table, answers);
  if (to.schema === (table.schema ?? defaultSchema))
    return to.name === table.name ? [] : [{ kind: 'rename-table', table, to: to.name }];
  const { schema } = to;
  const isNew = !current.schemas.has(schema) && desired.schemas.has(schema);
  const renamed = { ...table, name: to.name };
  const via = current.tables.has(keyOf(renamed)) ? { ...table, schema } : renamed;
  return [
    ...(isNew ? [{ kind: 'create-schema', schema, ifNotExists: true } as const] : []),
    { kind: 'move-table', table, to, ...(to.name === table.name ? {} : { via }) },
  ];
}

function isSameSchema(one: Rename, other: Rename): boolean {
  return one.kind === 'create-schema' && other.kind === 'create-schema' && one.schema === other.schema;
}

function missing(from: Catalog, other: Catalog): readonly Table[] {
  return [...from.tables.values()].filter(({ name }) => !other.tables.has(keyOf(name)));
}

function has({ columns }: Table, name: string): boolean {
  return columns.some((column) => column.name === name);
}

/** A new table that another one is said to become. */
function isTaken({ name }: Table, current: Catalog, answers: Answers): boolean {
  return [...current.tables.values()].some((table) => {
    const key = keyOf(table.name);
    return (
      (answers.renames.has(key) || answers.schemas?.has(key) === true) &&
      keyOf(newNameOf(table.name, answers)) === keyOf(name)
    );
  });
}

function isTarget({ name }: Table, after: Table, column: Column, { renames, moves = new Map() }: Answers): boolean {
  return (
    [...renames].some(([from, to]) => to === column.name && from.startsWith(`${keyOf(name)}.`)) ||
    [...moves.values()].includes(`${keyOf(after.name)}.${column.name}`)
  );
}

interface Both {
  readonly current: Catalog;
  readonly desired: Catalog;
}

function freeCandidates(
  table: Table,
  column: Column,
  { current, desired }: Both,
  answers: Answers,
): readonly Candidate[] {
  const taken = new Set(answers.moves?.values());
  return candidatesFor(table, column, current, desired).filter(
    (candidate) => !taken.has(`${keyOf(candidate.table.name)}.${candidate.column.name}`),
  );
}

/** The columns of a table that is gone may live on in one to which it belonged. */
function aboutColumnsOf(table: Table, both: Both, answers: Answers): readonly Question[] {
  return table.columns.flatMap((column) => {
    const key = `${keyOf(table.name)}.${column.name}`;
    if (answers.drops.has(key) || answers.moves?.has(key) === true) return [];
    const elsewhere = freeCandidates(table, column, both, answers);
    return elsewhere.length === 0 ? [] : [aboutColumn(table, column, table, [], elsewhere)];
  });
}

/** More than half of all their columns are the same in name and type, or most of them are and the names are alike. */
function isSimilarTable(one: Table, other: Table): boolean {
  const shared = sharedColumns(one, other);
  const all = Math.max(one.columns.length, other.columns.length);
  return shared > all / 2 || (shared > 0 && isNear(one.name.name, other.name.name));
}

function sharedColumns(one: Table, other: Table): number {
  return one.columns.filter((column) =>
    other.columns.some(({ name, type }) => name === column.name && type === column.type),
  ).length;
}

function isSimilarColumn(one: Column, other: Column): boolean {
  return one.type === other.type || isNear(one.name, other.name);
}

/** At most a third of the letters differ, or one name begins or ends with the other. */
function isNear(one: string, other: string): boolean {
  const longer = Math.max(one.length, other.length);
  return (
    editDistance(one, other) <= Math.max(1, Math.floor(longer / 3)) ||
    one.startsWith(other) ||
    other.startsWith(one) ||
    one.endsWith(other) ||
    other.endsWith(one)
  );
}

/** The new name of a table, with the schema where that is another one. */
function targetIn({ schema = defaultSchema }: ObjectName, to: ObjectName): string {
  return schema === (to.schema ?? defaultSchema) ? to.name : keyOf(to);
}

function aboutTable(table: Table, similar: readonly Table[]): Question {
  const name = display(table.name);
  const evidence = similar.map(
    (other) =>
      `${display(other.name)} (${sharedColumns(table, other)} of ${table.columns.length} columns are the same)`,
  );
  return {
    id: `rename ${keyOf(table.name)}`,
    to: 'asker',
    text: `Table ${name} is gone, and ${evidence.join(' and ')} ${similar.length === 1 ? 'is' : 'are'} new: was it renamed, or does it go with its rows?`,
    choices: [...similar.map((other) => `rename ${name}=${targetIn(table.name, other.name)}`), `drop ${name}`],
    didYouMean: [],
  };
}

function aboutColumn(
  table: Table,
  column: Column,
  after: Table,
  similar: readonly Column[],
  elsewhere: readonly Candidate[],
): Question {
  const name = `${display(table.name)}.${column.name}`;
  const place = table.columns.indexOf(column);
  const evidence = similar.map((other) => {
    const type =
      other.type === column.type ? `of the same type, ${other.type}` : `${other.type} instead of ${column.type}`;
    const position = after.columns.indexOf(other) === place ? ', at the same place' : '';
    return `${other.name} (${type}${position}, ${editDistance(column.name, other.name)} letters apart)`;
  });
  const found = [...evidence, ...elsewhere.map((candidate) => evidenceOf(candidate, table))];
  const asked = [...(similar.length > 0 ? ['was it renamed'] : []), ...(elsewhere.length > 0 ? ['did it move'] : [])];
  return {
    id: `${similar.length > 0 ? 'rename' : 'move'} ${keyOf(table.name)}.${column.name}`,
    to: 'asker',
    text: `Column ${name} is gone, and ${found.join(' and ')} ${found.length === 1 ? 'is' : 'are'} new: ${asked.join(', ')}, or does it go with its values?`,
    choices: [
      ...similar.map((other) => `rename ${name}=${other.name}`),
      ...elsewhere.map((other) => `move ${name}=${display(other.table.name)}.${other.column.name}`),
      `drop ${name}`,
    ],
    didYouMean: [],
  };
}
