import { type Table, tableOf } from '../../catalog.ts';
import type { Change } from '../../change.ts';
import { isDropAhead } from '../../facts/ahead.ts';
import {
  type AccessPath,
  accessPaths,
  describeKeys,
  isCoveredBy,
  pathOfConstraint,
  pathOfIndex,
} from '../../facts/indexes.ts';
import { display, keyOf, type ObjectName } from '../../name.ts';
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
    const made = context.script.statements.flatMap(({ changes }) => changes.flatMap(madeBy));
    // An index that several new ones cover is needless only once.
    const needless = new Set<string>();
    return made.flatMap((each) => verdictOn(each, made, needless, context) ?? []);
  },
});

interface Made {
  readonly change: Change;
  readonly table: ObjectName;
  readonly path: AccessPath;
}

function madeBy(change: Change): readonly Made[] {
  if (change.within !== undefined) return [];
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
    default:
      return [];
  }
}

function verdictOn(made: Made, all: readonly Made[], said: Set<string>, context: FileContext): FileVerdict | undefined {
  const table = tableOf(context.after, made.table);
  if (table === undefined) return undefined;
  const paths = accessPaths(table);
  const own = paths.findLast((path) => isItself(path, made));
  if (own === undefined) return undefined;
  const { span } = made.change;
  const others = paths.filter((path) => path !== own && !isGone(path, context));
  const better = others.find(
    (path) => isCoveredBy(own, path) && !isLater(path, own, table) && !isMerged(path, made, all),
  );
  if (better !== undefined) {
    const message = `${named(own, 'This index')} of \`${display(made.table)}\` does nothing that ${named(better, 'the one')} on (${describeKeys(better)}) does not do.`;
    // A much wider index is larger to read, which a team may have weighed.
    return better.keys.length > own.keys.length + 1 ? { message, span, level: 'notice' } : { message, span };
  }
  const needless = others.find((path) => isOld(path, all) && !path.ofConstraint && isCoveredBy(path, own));
  if (needless === undefined || said.has(keyOf({ ...made.table, name: needless.name ?? '' }))) return undefined;
  said.add(keyOf({ ...made.table, name: needless.name ?? '' }));
  const message = `With this index, ${named(needless, 'the one')} on (${describeKeys(needless)}) of \`${display(made.table)}\` is needed no more.`;
  return { message, span, level: 'notice' };
}

/** Of two that are the same, the first one stays. */
function isLater(path: AccessPath, own: AccessPath, table: Table): boolean {
  if (!isCoveredBy(path, own)) return false;
  const order = accessPaths(table).map(({ name }) => name);
  return order.indexOf(path.name) > order.indexOf(own.name);
}

/** Keys of one CREATE TABLE on the same columns get one index (PostgreSQL source, transformIndexConstraints). */
function isMerged(path: AccessPath, { change, path: own }: Made, all: readonly Made[]): boolean {
  if (change.kind !== 'create-table' || !path.ofConstraint || path.keys.length !== own.keys.length) return false;
  return all.some((each) => each.change === change && isItself(path, each));
}

function isItself(path: AccessPath, { path: made }: Made): boolean {
  if (made.name !== undefined) return path.name === made.name;
  return describeKeys(path) === describeKeys(made) && path.unique === made.unique && path.where === made.where;
}

function isOld(path: AccessPath, all: readonly Made[]): boolean {
  return !all.some((made) => isItself(path, made));
}

function isGone({ name }: AccessPath, context: FileContext): boolean {
  return name !== undefined && isDropAhead(context, name);
}

function named({ name }: AccessPath, otherwise: string): string {
  return name === undefined ? otherwise : `\`${name}\``;
}
