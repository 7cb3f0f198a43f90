import type { Catalog } from '../../sql/catalog.ts';
import { keyOf } from '../../sql/name.ts';
import { type Answers, qualifiedName } from './answers.ts';
import { fits } from './fits.ts';
import { nameOf } from './keys.ts';
import { beside, lastPart, owner, shown } from './name-parts.ts';
import type { Remark } from './remarks.ts';

/** An answer as somebody gave it. */
export interface GivenAnswer {
  readonly kind: 'rename' | 'move' | 'drop' | 'fill' | 'convert';
  /** `[schema.]table[.column]`: of a rename, a move and a drop as it is called now, of the others as it will be. */
  readonly name: string;
  /** The new name, the column to which it moves, or the expression; of a drop nothing. */
  readonly value: string;
  /** Where it was given: `--rename orders.note=remark`, `schema.sql:4`. */
  readonly place: string;
  /** It stands in the desired schema, and may stay there when it is done. */
  readonly isRemark?: true;
}

/** An answer that fits neither schema. */
export interface MisfitAnswer {
  readonly place: string;
  readonly message: string;
  /** The name that nothing has, and those that may have been meant. */
  readonly wanted?: string;
  readonly known?: readonly string[];
}

export interface Schemas {
  readonly current: Catalog;
  readonly desired: Catalog;
  /** Whether these are all that there is; where it is not known, a name that is not there may exist. */
  readonly isSure: boolean;
}

/**
 * The answers that count: what was said to the command is stronger than what stands in the schema. Those that are about nothing in
 * the schemas are misfits. A remark whose work is done is neither.
 */
export function settleAnswers(
  given: readonly GivenAnswer[],
  remarks: readonly (Remark & { readonly place: string })[],
  schemas: Schemas,
): { readonly answers: Answers; readonly misfits: readonly MisfitAnswer[] } {
  const tables = new Set([...schemas.current.tables.keys(), ...schemas.desired.tables.keys()]);
  const said = given.map((answer) => writtenOut(answer, tables, schemas));
  const renamed = said.filter(({ kind }) => kind === 'rename');
  const oldNames = new Map<string, string>();
  for (const { name, value } of renamed) if (schemas.current.tables.has(name)) oldNames.set(value, name);
  const tableRemarks = remarks.flatMap((remark) => asTableRename(remark, oldNames));
  // One that is done says nothing about how the table is called now.
  for (const { name, value } of tableRemarks)
    if (schemas.current.tables.has(name) && !isOverruled(said, name)) oldNames.set(value, name);
  const others = remarks.flatMap((remark) =>
    asColumnAnswer(remark, oldNames).map((answer) =>
      answer.kind === 'move' ? writtenOut(answer, tables, schemas) : answer,
    ),
  );
  const written = [...tableRemarks, ...others].filter((remark) => !isOverruledRemark(remark, said));
  const all = [...said, ...written];

  const counting: GivenAnswer[] = [];
  const misfits: MisfitAnswer[] = [];
  for (const [at, answer] of all.entries()) {
    const twin = all.slice(0, at).find(({ kind, name }) => sameSubject(kind, answer.kind) && name === answer.name);
    if (twin !== undefined) {
      misfits.push({
        place: answer.place,
        message: `${shown(answer.name)} has another answer already, in ${twin.place}`,
      });
      continue;
    }
    const fit = schemas.isSure ? fits(answer, all, schemas) : 'new';
    if (typeof fit === 'object') misfits.push({ place: answer.place, ...fit });
    else if (fit === 'new') counting.push(answer);
  }
  return { answers: answersOf(counting, schemas), misfits };
}

/** The new name of a table says its schema, which is that of before where nothing else was said; that of a part is its own alone. */
function writtenOut(given: GivenAnswer, tables: ReadonlySet<string>, { current }: Schemas): GivenAnswer {
  const answer = { ...given, name: qualifiedName(given.name, tables) };
  const { kind, name, value } = answer;
  if (kind === 'move') return { ...answer, value: qualifiedName(value, tables) };
  if (kind !== 'rename') return answer;
  if (!current.tables.has(name)) return { ...answer, value: lastPart(value) };
  return { ...answer, value: value.includes('.') ? value : beside(name, value) };
}

function answersOf(given: readonly GivenAnswer[], { current }: Schemas): Answers {
  const of = (kind: GivenAnswer['kind']) => given.filter((answer) => answer.kind === kind);
  const valuesOf = (kind: GivenAnswer['kind']) => new Map(of(kind).map(({ name, value }) => [name, value]));
  const ofTables = of('rename').filter(({ name }) => current.tables.has(name));
  const moved = ofTables.filter(({ name, value }) => nameOf(name).schema !== nameOf(value).schema);
  return {
    renames: new Map(
      of('rename').map((each) => [each.name, ofTables.includes(each) ? nameOf(each.value).name : each.value]),
    ),
    moves: valuesOf('move'),
    schemas: new Map(moved.map(({ name, value }) => [name, nameOf(value).schema])),
    drops: new Set(of('drop').map(({ name }) => name)),
    fills: valuesOf('fill'),
    conversions: valuesOf('convert'),
  };
}

/** A name is renamed, moved or dropped once. */
function sameSubject(one: GivenAnswer['kind'], other: GivenAnswer['kind']): boolean {
  const isOld = (kind: GivenAnswer['kind']) => kind === 'rename' || kind === 'move' || kind === 'drop';
  return one === other || (isOld(one) && isOld(other));
}

function asTableRename(
  { says, column, table, value, place }: Remark & { readonly place: string },
  oldNames: ReadonlyMap<string, string>,
): readonly GivenAnswer[] {
  if (says !== 'renamed' || column !== undefined || oldNames.has(keyOf(table))) return [];
  const name = value.includes('.') ? value : beside(keyOf(table), value);
  return [{ kind: 'rename', name, value: keyOf(table), place, isRemark: true }];
}

function asColumnAnswer(
  { says, column, table, value, place }: Remark & { readonly place: string },
  oldNames: ReadonlyMap<string, string>,
): readonly GivenAnswer[] {
  if (column === undefined) return [];
  const key = keyOf(table);
  if (says === 'moved') return [{ kind: 'move', name: value, value: `${key}.${column}`, place, isRemark: true }];
  if (says !== 'renamed') return [{ kind: says, name: `${key}.${column}`, value, place, isRemark: true }];
  return [
    { kind: 'rename', name: `${oldNames.get(key) ?? key}.${lastPart(value)}`, value: column, place, isRemark: true },
  ];
}

function isOverruled(said: readonly GivenAnswer[], name: string): boolean {
  return said.some((answer) => sameSubject(answer.kind, 'rename') && answer.name === name);
}

function isOverruledRemark(remark: GivenAnswer, said: readonly GivenAnswer[]): boolean {
  return said.some((answer) =>
    sameSubject(answer.kind, remark.kind) && answer.name === remark.name
      ? true
      : remark.kind === 'rename' &&
        answer.kind === remark.kind &&
        answer.value === remark.value &&
        owner(answer.name) === owner(remark.name),
  );
}
