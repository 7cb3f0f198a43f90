import type { Catalog } from '../../sql/catalog.ts';
import type { Column } from '../../sql/change.ts';
import type { GivenAnswer, MisfitAnswer, Schemas } from './given.ts';
import { nameOf } from './keys.ts';
import { linkBetween } from './links.ts';
import { beside, lastPart, owner, shown } from './name-parts.ts';

/** An answer is new, or its work is done already, or it is about nothing that is there. */
type Fit = 'new' | 'done' | Omit<MisfitAnswer, 'place'>;

/** Whether an answer is about something in the schemas. `all`: it and the others, by which names change. */
export function fits(answer: GivenAnswer, all: readonly GivenAnswer[], schemas: Schemas): Fit {
  switch (answer.kind) {
    case 'rename':
      return fitsRename(answer, all, schemas);
    case 'move':
      return fitsMove(answer, all, schemas);
    case 'drop':
      return fitsDrop(answer, schemas);
    default:
      return fitsColumn(answer, all, schemas);
  }
}

function fitsRename(answer: GivenAnswer, all: readonly GivenAnswer[], { current, desired }: Schemas): Fit {
  const { name, isRemark } = answer;
  const after = newName(answer);
  const [was, is] = [namesLike(name, current), namesLike(newOwner(name, all), desired)];
  const target = isTableName(answer) ? after : beside(newOwner(name, all), answer.value);
  if (!was.has(name)) {
    if (isRemark && namesLike(after, current).has(after)) return 'done';
    const gone = [...was].filter((known) => !is.has(known));
    return notThere(name, 'current', current, gone);
  }
  if (!isRenamable(name, current))
    return { message: `${shown(name)} is no table, column or value of an enum, and only those can be renamed` };
  if (was.has(after))
    return { message: `${shown(after)} is in the current schema already, so ${shown(name)} cannot become it` };
  const kept = beside(newOwner(name, all), lastPart(name));
  if (is.has(kept)) return { message: `${shown(kept)} is still in the desired schema, so it is not renamed` };
  const made = [...is].filter((known) => !was.has(known));
  return is.has(target) ? 'new' : notThere(target, 'desired', desired, made);
}

function fitsMove(answer: GivenAnswer, all: readonly GivenAnswer[], { current, desired }: Schemas): Fit {
  const { name, value: target, isRemark } = answer;
  const column = columnAt(name, current);
  if (column === undefined) {
    if (isRemark && columnAt(target, current) !== undefined) return 'done';
    if (!namesLike(name, current).has(name)) return notThere(name, 'current', current, [...namesLike(name, current)]);
    return { message: `${shown(name)} is no column of a table, and only those move` };
  }
  const then = columnAt(target, desired);
  if (then === undefined) return notThere(target, 'desired', desired, [...namesLike(target, desired)]);
  const stays = newOwner(name, all);
  if (owner(target) === owner(stays))
    return { message: `${shown(target)} is in the same table as ${shown(name)}, so that it is a new name and no move` };
  if (columnAt(stays, desired) !== undefined)
    return { message: `${shown(stays)} is still in the desired schema, so it does not move` };
  if (columnAt(target, current) !== undefined)
    return { message: `${shown(target)} is in the current schema already, so ${shown(name)} cannot move there` };
  if (then.type !== column.type)
    return {
      message: `${shown(name)} is ${column.type} and ${shown(target)} is ${then.type}, and a column moves with its type: give it the other one before or after it moves`,
    };
  return isLinked(name, target, stays, { current, desired })
    ? 'new'
    : {
        message: `nothing says which row of ${shown(owner(target))} belongs to one of ${shown(owner(name))}: that takes a foreign key to the primary key, over columns that are unique, or the same primary key`,
      };
}

function isLinked(
  name: string,
  target: string,
  stays: string,
  { current, desired }: Pick<Schemas, 'current' | 'desired'>,
) {
  const [source, there] = [current.tables.get(owner(name)), desired.tables.get(owner(target))];
  return (
    source !== undefined &&
    there !== undefined &&
    linkBetween({ ...source, name: nameOf(owner(stays)) }, there) !== undefined
  );
}

function fitsDrop({ name }: GivenAnswer, { current, desired }: Schemas): Fit {
  const was = namesLike(name, current);
  if (!was.has(name)) return notThere(name, 'current', current, [...was]);
  return namesLike(name, desired).has(name)
    ? { message: `${shown(name)} is still in the desired schema, so it is not dropped` }
    : 'new';
}

function fitsColumn(answer: GivenAnswer, all: readonly GivenAnswer[], { current, desired }: Schemas): Fit {
  const { name, kind, isRemark } = answer;
  const after = columnAt(name, desired);
  if (after === undefined) return notThere(name, 'desired', desired, []);
  const nothing = (why: string): Fit => (isRemark ? 'done' : { message: `${shown(name)} ${why}` });
  const oldTable = oldName(owner(name), all);
  if (!current.tables.has(oldTable)) return nothing('is of a new table, in which no row waits for it');
  const before = columnAt(oldName(`${oldTable}.${after.name}`, all), current);
  if (kind === 'convert') {
    if (before === undefined) return nothing('is new, so that there are no values to convert');
    return before.type === after.type ? nothing(`is ${after.type} already, so that nothing is converted`) : 'new';
  }
  if (before !== undefined && (after.nullable || !before.nullable))
    return nothing('is neither new nor newly required, so that no row is filled');
  return 'new';
}

function columnAt(name: string, catalog: Catalog): Column | undefined {
  return catalog.tables.get(owner(name))?.columns.find((column) => column.name === lastPart(name));
}

/** What the name of a table or column will be called, or what it was called, by the renames that were given. */
function oldName(name: string, all: readonly GivenAnswer[]): string {
  return all.find((answer) => answer.kind === 'rename' && newName(answer) === name)?.name ?? name;
}

/** The name of a part of a table under the table's new name. */
function newOwner(name: string, all: readonly GivenAnswer[]): string {
  const table = all.find((answer) => answer.kind === 'rename' && answer.name === owner(name));
  return table === undefined ? name : `${newName(table)}.${lastPart(name)}`;
}

/** The new name of a table is written out. */
function newName(answer: GivenAnswer): string {
  return isTableName(answer) ? answer.value : beside(answer.name, answer.value);
}

function isTableName({ kind, value }: GivenAnswer): boolean {
  return kind === 'rename' && value.includes('.');
}

/** The names beside which one stands: columns of a table, values of an enum, or all objects that there are. */
function namesLike(name: string, { tables, enums, ...others }: Catalog): ReadonlySet<string> {
  const table = tables.get(owner(name));
  if (table !== undefined) return new Set(table.columns.map((column) => `${owner(name)}.${column.name}`));
  const values = enums.get(owner(name));
  if (values !== undefined) return new Set(values.map((value) => `${owner(name)}.${value}`));
  const { views, sequences, functions, domains, composites } = others;
  return new Set([tables, enums, views, sequences, functions, domains, composites].flatMap((map) => [...map.keys()]));
}

/** Where not even the table is there, it is what was misspelled. */
function notThere(
  name: string,
  where: 'current' | 'desired',
  catalog: Catalog,
  likely: readonly string[],
): Omit<MisfitAnswer, 'place'> {
  const isPart = owner(name).includes('.');
  const hasOwner = catalog.tables.has(owner(name)) || catalog.enums.has(owner(name));
  const wanted = isPart && !hasOwner ? owner(name) : name;
  const known = wanted === name && likely.length > 0 ? likely : [...namesLike(wanted, catalog)];
  return {
    message: `${shown(wanted)} is not in the ${where} schema`,
    wanted: shown(wanted),
    known: known.map(shown),
  };
}

function isRenamable(name: string, { tables, enums }: Catalog): boolean {
  return tables.has(name) || tables.has(owner(name)) || enums.has(owner(name));
}
