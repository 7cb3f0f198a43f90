import { together } from './grammar/columns.ts';
import type { ColumnWish, Wish, WishOf } from './grammar/wish.ts';
import { snakeCase } from './names/normal.ts';
import { singularName } from './text/inflection.ts';

/**
 * One wish for each thing: what several sentences say about a new column or table is put together, repetitions fall away,
 * and a sentence that only announces what another one spells out is left to that one.
 */
export function merged(wishes: readonly Wish[]): readonly Wish[] {
  const renamed = withOldNames(wishes);
  const tables = mergeTables(renamed);
  const columns = mergeColumns(tables);
  return mergeQueries(withoutRepetition(withoutHeralds(columns)));
}

/** What is said about a column under its future name is said about the column. */
function withOldNames(wishes: readonly Wish[]): readonly Wish[] {
  const old = new Map(
    wishes.flatMap((wish) => (wish.kind === 'rename' && wish.is !== 'table' ? [[wish.to, wish.name] as const] : [])),
  );
  if (old.size === 0) return wishes;
  const renamed = (name: string) => old.get(name) ?? name;
  return wishes.map((wish): Wish => {
    if (wish.kind === 'index' || wish.kind === 'unique') return { ...wish, columns: wish.columns.map(renamed) };
    if (wish.kind === 'rename' || wish.kind === 'add-column' || !('column' in wish)) return wish;
    return wish.column === undefined ? wish : { ...wish, column: renamed(wish.column) };
  });
}

function mergeTables(wishes: readonly Wish[]): readonly Wish[] {
  const kept: Wish[] = [];
  for (const wish of wishes) {
    const at =
      wish.kind === 'create-table'
        ? kept.findIndex((each) => each.kind === 'create-table' && isSame(each.table, wish.table))
        : -1;
    const twin = kept[at];
    if (wish.kind !== 'create-table' || twin?.kind !== 'create-table') {
      kept.push(wish);
      continue;
    }
    const table = twin.table ?? wish.table;
    const columns = [...twin.columns];
    for (const column of wish.columns) {
      const index = columns.findIndex(({ name }) => name === column.name);
      if (index === -1) columns.push(column);
      else columns[index] = together(columns[index] as ColumnWish, column);
    }
    kept[at] = { kind: 'create-table', columns, ...(table === undefined ? {} : { table }) };
  }
  return kept;
}

function mergeColumns(wishes: readonly Wish[]): readonly Wish[] {
  let kept: Wish[] = [];
  for (const wish of wishes) {
    if (wish.kind !== 'add-column') {
      kept.push(wish);
      continue;
    }
    const at = kept.findIndex((each) => isOwner(each, wish.table, wish.column.name));
    if (at === -1) kept.push(wish);
    else kept[at] = withColumn(kept[at] as Wish, wish.table, wish.column);
  }
  for (const wish of kept) {
    const said = saidOfColumn(wish);
    if (said === undefined) continue;
    const at = kept.findIndex((each) => each !== wish && isOwner(each, said.table, said.column.name));
    if (at === -1) continue;
    kept = kept
      .map((each, index) => (index === at ? withColumn(each, said.table, said.column) : each))
      .filter((each) => each !== wish);
  }
  return kept;
}

/** Whether the wish makes the column of that name. */
function isOwner(wish: Wish, table: string | undefined, column: string | undefined): boolean {
  if (column === undefined) return false;
  if (wish.kind === 'add-column')
    return isSame(wish.table, table) && wish.column.name !== undefined && alike(wish.column.name, column);
  return (
    wish.kind === 'create-table' &&
    wish.table !== undefined &&
    isSame(wish.table, table) &&
    (table !== undefined || wish.columns.some(({ name }) => name === column))
  );
}

function withColumn(owner: Wish, table: string | undefined, column: ColumnWish): Wish {
  if (owner.kind === 'add-column') {
    const place = owner.table ?? table;
    return { ...owner, column: together(owner.column, column), ...(place === undefined ? {} : { table: place }) };
  }
  if (owner.kind !== 'create-table') return owner;
  const known = owner.columns.some(({ name }) => name !== undefined && alike(name, column.name ?? ''));
  const columns = known
    ? owner.columns.map((each) =>
        each.name !== undefined && alike(each.name, column.name ?? '') ? together(each, column) : each,
      )
    : [...owner.columns, column];
  return { ...owner, columns };
}

/** What a wish says about one column, as part of its description. Indexes stay wishes of their own. */
function saidOfColumn(wish: Wish): { readonly table: string | undefined; readonly column: ColumnWish } | undefined {
  const said = (name: string | undefined, column: ColumnWish, table: string | undefined) =>
    name === undefined ? undefined : { table, column: { ...column, name } };
  switch (wish.kind) {
    case 'require':
      return said(wish.column, { required: wish.required }, wish.table);
    case 'change-type':
      return wish.type === undefined ? undefined : said(wish.column, { type: wish.type }, wish.table);
    case 'default':
      return wish.drop || wish.value === undefined ? undefined : said(wish.column, { default: wish.value }, wish.table);
    case 'check':
      return said(wish.column, { check: wish.condition }, wish.table);
    case 'reference':
      return said(wish.column, { references: wish.to }, wish.table);
    case 'unique':
      return wish.columns.length === 1 ? said(wish.columns[0], { unique: true }, wish.table) : undefined;
    case 'backfill':
      return wish.where !== undefined || wish.value === undefined
        ? undefined
        : said(wish.column, { existing: wish.value }, wish.table);
    default:
      return undefined;
  }
}

/** "Add a column to orders", "add an index on orders": said again with the name, they say nothing more. */
function withoutHeralds(wishes: readonly Wish[]): readonly Wish[] {
  return wishes.filter((wish) => {
    if (wish.kind === 'add-column' && wish.column.name === undefined) {
      return !wishes.some(
        (each) =>
          each !== wish &&
          each.kind === 'add-column' &&
          each.column.name !== undefined &&
          isSame(each.table, wish.table),
      );
    }
    if ((wish.kind === 'index' || wish.kind === 'unique') && wish.columns.length === 0) {
      return !wishes.some(
        (each) => each !== wish && each.kind === wish.kind && each.columns.length > 0 && isSame(each.table, wish.table),
      );
    }
    if (wish.kind === 'create-table' && wish.table === undefined && wish.columns.length === 0) {
      return !wishes.some((each) => each !== wish && each.kind === 'create-table');
    }
    return true;
  });
}

function withoutRepetition(wishes: readonly Wish[]): readonly Wish[] {
  const seen = new Set<string>();
  return wishes.filter((wish) => {
    const text = JSON.stringify(
      Object.entries(wish).toSorted(([a], [b]) => (a < b ? -1 : 1)),
      (_key, value) => (typeof value === 'string' ? value.toLowerCase() : value),
    );
    if (seen.has(text)) return false;
    seen.add(text);
    return !wishes.some((each) => each !== wish && says(each, wish));
  });
}

/** Whether `more` says all that `less` does, and the table besides. */
function says(more: Wish, less: Wish): boolean {
  if (more.kind !== less.kind || !('table' in more) || 'table' in less) return false;
  const { table: _table, ...rest } = more;
  const order = (wish: object) => JSON.stringify(Object.entries(wish).toSorted(([a], [b]) => (a < b ? -1 : 1)));
  return order(rest) === order(less);
}

/** Sentences about slowness belong to the query that is given; without one they are one wish. */
function mergeQueries(wishes: readonly Wish[]): readonly Wish[] {
  const slow = wishes.filter((wish): wish is WishOf<'optimize'> => wish.kind === 'optimize');
  if (slow.length < 2) return wishes;
  const given = slow.filter(({ query }) => query !== undefined);
  const target =
    slow.find((wish) => wish.query === undefined && wish.targetMs !== undefined)?.targetMs ??
    (given.length === 0 ? slow.find(({ targetMs }) => targetMs !== undefined)?.targetMs : undefined);
  const about = slow.find((wish) => wish.about !== undefined)?.about;
  const wanted = target === undefined ? {} : { targetMs: target };
  const kept: readonly Wish[] =
    given.length > 0
      ? given.map((wish) => ({ ...wanted, ...wish }))
      : [{ kind: 'optimize', ...(about === undefined ? {} : { about }), ...wanted }];
  return [...wishes.filter(({ kind }) => kind !== 'optimize'), ...kept];
}

/** A table that one sentence leaves out is the one that the other names. */
function isSame(a: string | undefined, b: string | undefined): boolean {
  return a === undefined || b === undefined || alike(a, b);
}

function alike(a: string, b: string): boolean {
  return singularName(snakeCase(a)) === singularName(snakeCase(b));
}
