import { columnOf, type Table } from '../../catalog.ts';
import type { Change, ChangeOf } from '../../change.ts';
import { isDropAhead } from '../../facts/ahead.ts';
import { tableAtEnd } from '../../facts/at-end.ts';
import { changesOf } from '../../facts/changes.ts';
import {
  type AccessPath,
  describeKeys,
  isCoveredBy,
  pathOfConstraint,
  pathOfIndex,
  pathsLike,
} from '../../facts/indexes.ts';
import { display, type ObjectName } from '../../name.ts';
import { defineFileRule, type FileContext, type FileVerdict } from '../../rule.ts';

export const redundantIndex = defineFileRule({
  id: 'redundant-index',
  level: 'warning',
  category: 'performance',
  engines: ['postgresql', 'mysql', 'mariadb'],
  when: 'An index does nothing that another index of the table, or one that a key owns, does not do as well',
  effect: 'Every write maintains both, and both take up memory and disk, while no query gets faster',
  remedy: 'Leave the index out, or drop the one that it makes needless in a migration of its own',
  source:
    'PostgreSQL manual, "Multicolumn Indexes", and CREATE TABLE, UNIQUE: a unique constraint makes an index of its own',
  examples: [
    {
      engine: 'postgresql',
      given: 'CREATE TABLE users (id bigint PRIMARY KEY, email text CONSTRAINT users_email_key UNIQUE);',
      bad: 'CREATE INDEX CONCURRENTLY users_email_idx ON users (email);',
      good: 'CREATE INDEX CONCURRENTLY users_lower_email_idx ON users (lower(email));',
    },
    {
      engine: 'postgresql',
      given:
        'CREATE TABLE orders (id bigint PRIMARY KEY, customer_id bigint, placed_at timestamptz); CREATE INDEX orders_customer ON orders (customer_id, placed_at);',
      bad: 'CREATE INDEX CONCURRENTLY orders_customer_id_idx ON orders (customer_id);',
      good: 'CREATE INDEX CONCURRENTLY orders_placed_at_idx ON orders (placed_at);',
    },
    {
      engine: 'mysql',
      given:
        'CREATE TABLE orders (id bigint PRIMARY KEY, customer_id bigint, placed_at datetime, KEY (customer_id, placed_at));',
      bad: 'CREATE INDEX orders_customer_id ON orders (customer_id) ALGORITHM=INPLACE LOCK=NONE;',
      good: 'CREATE INDEX orders_placed_at ON orders (placed_at) ALGORITHM=INPLACE LOCK=NONE;',
    },
  ],

  checkFile(context) {
    const taken = new Set<AccessPath>();
    const found = changesOf(context.script, ['create-index', 'add-constraint', 'create-table'])
      .flatMap(madeBy)
      .flatMap((made) => foundOf(made, taken, context) ?? []);
    const all: All = { context, keysOf: new Map(), made: taken, said: new Set() };
    for (const { change, own } of found) {
      if (change.kind === 'create-table') all.keysOf.set(own, change);
    }
    return found.flatMap((each) => verdictOn(each, all) ?? []);
  },
});

/** What a whole file makes. */
interface All {
  readonly context: FileContext;
  readonly made: ReadonlySet<AccessPath>;
  /** The CREATE TABLE of which an index is a key. */
  readonly keysOf: Map<AccessPath, Change>;
  /** An index that several new ones cover is needless only once. */
  readonly said: Set<AccessPath>;
}

/** An index that a file makes and that is still there at its end. */
interface Found {
  readonly change: Change;
  readonly table: Table;
  readonly own: AccessPath;
}

interface Made {
  readonly change: Change;
  readonly table: ObjectName;
  readonly path: AccessPath;
}

function madeBy(change: ChangeOf<'create-index' | 'add-constraint' | 'create-table'>): readonly Made[] {
  switch (change.kind) {
    case 'create-index':
      return [{ change, table: change.index.table, path: pathOfIndex(change.index) }];
    case 'add-constraint': {
      const path = pathOfConstraint(change.constraint);
      return path === undefined ? [] : [{ change, table: change.table, path }];
    }
    case 'create-table':
      return [
        ...change.constraints.flatMap((constraint) => pathOfConstraint(constraint) ?? []),
        ...change.indexes.map(pathOfIndex),
      ].map((path) => ({ change, table: change.table, path }));
  }
}

/** Two that were made without a name are told apart by being found once each. */
function foundOf({ change, table: name, path }: Made, taken: Set<AccessPath>, context: FileContext): Found | undefined {
  const table = tableAtEnd(context, change, name);
  const like = table === undefined ? [] : pathsLike(path, table);
  const own = like.findLast((each) => isItself(each, path) && !taken.has(each));
  if (table === undefined || own === undefined || mayBePrefix(own, table, context)) return undefined;
  taken.add(own);
  return { change, table, own };
}

/** MySQL can index the first bytes of a text alone, which makes another index; the length is not known here. */
function mayBePrefix({ keys }: AccessPath, table: Table, { engine }: FileContext): boolean {
  if (engine === 'postgresql') return false;
  return keys.some(({ column }) => /char|text|blob|binary/.test(columnOf(table, column ?? '')?.type ?? ''));
}

function verdictOn({ change, table, own }: Found, all: All): FileVerdict | undefined {
  const { span } = change;
  const like = pathsLike(own, table);
  const place = like.indexOf(own);
  // Of two that are the same, the first one stays.
  const better = like.find(
    (path, at) =>
      path !== own &&
      isCoveredBy(own, path) &&
      (at < place || !isCoveredBy(path, own)) &&
      !isMerged(path, own, all) &&
      !isGone(path, all),
  );
  if (better !== undefined) {
    const message = `${named(own, 'This index')} of \`${display(table.name)}\` does nothing that ${named(better, 'the one')} on (${describeKeys(better)}) does not do.`;
    // A much wider index is larger to read, which a team may have weighed.
    return better.keys.length > own.keys.length + 1 ? { message, span, level: 'notice' } : { message, span };
  }
  const needless = like.find(
    (path) => !all.made.has(path) && !path.ofConstraint && isCoveredBy(path, own) && !isGone(path, all),
  );
  if (needless === undefined || all.said.has(needless)) return undefined;
  all.said.add(needless);
  const message = `With this index, ${named(needless, 'the one')} on (${describeKeys(needless)}) of \`${display(table.name)}\` is needed no more.`;
  return { message, span, level: 'notice' };
}

/** Keys of one CREATE TABLE on the same columns get one index (PostgreSQL source, transformIndexConstraints). */
function isMerged(path: AccessPath, own: AccessPath, { keysOf }: All): boolean {
  const change = keysOf.get(own);
  return change !== undefined && keysOf.get(path) === change && path.keys.length === own.keys.length;
}

function isItself(path: AccessPath, made: AccessPath): boolean {
  if (made.name !== undefined) return path.name === made.name;
  return describeKeys(path) === describeKeys(made) && path.unique === made.unique && path.where === made.where;
}

function isGone({ name }: AccessPath, { context }: All): boolean {
  return name !== undefined && isDropAhead(context, name);
}

function named({ name }: AccessPath, otherwise: string): string {
  return name === undefined ? otherwise : `\`${name}\``;
}
