import type { Description, SchemaObject } from '../../sql/description.ts';
import type { PlanStep } from '../plan.ts';
import { neededBy } from './compare/differences.ts';
import { tableKey } from './keys.ts';

/**
 * The tables whose rows steps may read or write, by their catalog keys: those that a statement names, and those behind the views,
 * functions, triggers and domains that it names or sets off. Rather one too many than one too few: a name in a string counts, because
 * it may be of a body or of a statement that is put together.
 */
export function touchedTables(
  steps: readonly Pick<PlanStep, 'sql' | 'down'>[],
  description: Description,
): ReadonlySet<string> {
  const { catalog, objects } = description;
  const named = namedObjects(objects.values());
  const parts = Map.groupBy(objects.values(), ({ of }) => of);
  const children = childrenOf(description);
  const reached = new Set<string>();
  const reach = (key: string | undefined): void => {
    if (key !== undefined) reached.add(key);
  };
  const read = (text: string): void => {
    for (const word of wordsOf(text)) for (const { key } of named.words.get(word) ?? []) reached.add(key);
    for (const [name, key] of named.others) if (text.includes(name)) reached.add(key);
  };
  const follow = (object: SchemaObject): void => {
    const { key, kind, of, needs, definition } = object;
    switch (kind) {
      case 'table':
        for (const part of parts.get(key) ?? []) if (isSetOff(part)) follow(part);
        for (const relative of children.get(key) ?? []) reach(relative);
        break;
      case 'column':
        reach(of);
        break;
      case 'domain':
      case 'composite':
        for (const user of neededBy(description).get(key) ?? []) if (!user.startsWith('view ')) reach(user);
        break;
      case 'view':
      case 'materialized view':
        for (const need of needs) reach(need);
        break;
      case 'trigger':
      case 'rule':
      case 'policy':
      case 'function':
      case 'aggregate':
        read(definition);
        for (const need of needs) if (need.startsWith('function ')) reach(need);
        break;
      default:
    }
  };

  const statements = steps.flatMap(({ sql, down }) => [...sql, ...down]);
  for (const statement of statements) read(statement);
  for (const statement of statements) for (const key of checkedAgain(statement, description)) reach(key);
  // A set takes what is added while it is gone through.
  for (const key of reached) {
    const object = objects.get(key);
    if (object !== undefined) follow(object);
  }
  return new Set([...catalog.tables.keys()].filter((key) => reached.has(`table ${key}`)));
}

/** What runs along when a row is written. */
function isSetOff({ kind }: SchemaObject): boolean {
  return kind === 'trigger' || kind === 'rule' || kind === 'policy';
}

interface Named {
  readonly words: ReadonlyMap<string, readonly SchemaObject[]>;
  /** Names that are no single words, with their keys. */
  readonly others: readonly (readonly [name: string, key: string])[];
}

const followed = /^(?:table|view|materialized view|function|aggregate|domain|composite) [^.]*\.([^(]*)/;

function namedObjects(objects: Iterable<SchemaObject>): Named {
  const words = new Map<string, SchemaObject[]>();
  const others: (readonly [string, string])[] = [];
  for (const object of objects) {
    const name = followed.exec(object.key)?.[1];
    if (name === undefined) continue;
    if (!/^[\p{L}_][\p{L}\p{N}_]*$/u.test(name)) others.push([name, object.key]);
    else words.set(name, [...(words.get(name) ?? []), object]);
  }
  return { words, others };
}

/** A body may write a name in capitals that is in small letters. */
function wordsOf(text: string): readonly string[] {
  const words = text.match(/[\p{L}_][\p{L}\p{N}_]*/gu) ?? [];
  return [...new Set(words.flatMap((word) => [word, word.toLowerCase()]))];
}

/** Parents and children both ways: what is done to one is done to the other, and a partition's rows are put into its table. */
function childrenOf({ catalog }: Description): ReadonlyMap<string, readonly string[]> {
  const relatives = new Map<string, string[]>();
  const relate = (one: string, other: string) => relatives.set(one, [...(relatives.get(one) ?? []), other]);
  for (const { name, partitionOf, inherits = [] } of catalog.tables.values()) {
    for (const parent of partitionOf === undefined ? inherits : [partitionOf]) {
      relate(tableKey(name), tableKey(parent));
      relate(tableKey(parent), tableKey(name));
    }
  }
  return relatives;
}

/** Where a referenced column gets another type, PostgreSQL checks the rows that refer to it again. */
function checkedAgain(statement: string, { catalog }: Description): readonly string[] {
  if (!/\bALTER\s+COLUMN\b[\s\S]*\bTYPE\b/i.test(statement)) return [];
  const words = new Set(wordsOf(statement));
  return [...catalog.tables.values()].flatMap(({ name, constraints }) => {
    const isChecked = constraints.some(
      (each) =>
        each.kind === 'foreign-key' &&
        words.has(each.references.name) &&
        each.referencedColumns.some((column) => words.has(column)),
    );
    return isChecked ? [tableKey(name)] : [];
  });
}
