import { applyAll } from '../../sql/apply/index.ts';
import { type Catalog, type Table, tableOf } from '../../sql/catalog.ts';
import type { Change, Constraint, Index, Statement } from '../../sql/change.ts';
import { keyOf } from '../../sql/name.ts';
import type { Span } from '../../sql/span.ts';
import { isElided } from './elision.ts';

/** A table that exists and of which the text says how it should be. */
export interface DesiredTable {
  /** As far as the text is about it: what is not in it is left alone. */
  readonly shown: Table;
  /** What of `shown` is not in it goes. Only what the text names has a name. */
  readonly after: Table;
  /** The text says that it leaves something out. */
  readonly partial: boolean;
  readonly span: Span;
}

export interface Desired {
  /** Statements that are wanted as they are: what tables may stand on, and what may stand on tables. */
  readonly early: readonly Statement[];
  readonly tables: readonly DesiredTable[];
  readonly late: readonly Statement[];
  /** Existing tables that a diff takes away. */
  readonly gone: readonly Table[];
}

/**
 * What of a text is a state and what an instruction: a CREATE TABLE of a table that exists says how it should be, with the
 * constraints, defaults and indexes that the same text gives it. `were`: the other side, where the text is a diff, of which only
 * what differs is wanted.
 */
export function desiredIn(is: readonly Statement[], were: readonly Statement[] | undefined, catalog: Catalog): Desired {
  const created = createdIn(is, catalog);
  const wasCreated = createdIn(were ?? [], catalog);
  const concerned = new Set([...created.keys(), ...wasCreated.keys()]);
  if (were !== undefined) for (const key of alteredIn([...is, ...were], catalog)) concerned.add(key);
  const states = (statement: Statement) => isState(statement, concerned);
  const [after, before] = [stateOf(is.filter(states), catalog), stateOf((were ?? []).filter(states), catalog)];

  const tables = [...concerned].flatMap((key): readonly DesiredTable[] => {
    const statement = created.get(key);
    const [present, wanted] = [catalog.tables.get(key), after.get(key)];
    const was = were === undefined || (statement !== undefined && !wasCreated.has(key)) ? undefined : before.get(key);
    if (present === undefined || wanted === undefined || (wasCreated.has(key) && statement === undefined)) return [];
    const partial = statement !== undefined && isElided(statement.sql);
    const shown = was ?? (partial ? seen(present, wanted) : whole(present, wanted));
    return [{ shown, after: wanted, partial, span: (statement ?? is[0])?.span ?? nowhere }];
  });
  const known = new Set((were ?? []).map(textOf));
  const rest = is.filter((statement) => !states(statement) && !known.has(textOf(statement)));
  const early =
    tables.length === 0 ? rest : rest.filter(({ changes: [change] }) => foundations.has(change?.kind ?? ''));
  return {
    early,
    tables,
    late: rest.filter((statement) => !early.includes(statement)),
    gone: [...wasCreated.keys()].flatMap((key) => (created.has(key) ? [] : (catalog.tables.get(key) ?? []))),
  };
}

const nowhere: Span = { line: 1, column: 1, endLine: 1, endColumn: 1 };
const foundations = new Set<string>([
  'create-schema',
  'create-extension',
  'create-enum',
  'create-domain',
  'create-table',
]);
const stating: ReadonlySet<string> = new Set(['add-constraint', 'create-index', 'set-default', 'add-identity']);

/** The statements that create tables which exist already. */
function createdIn(statements: readonly Statement[], catalog: Catalog): ReadonlyMap<string, Statement> {
  return new Map(
    statements.flatMap((statement) =>
      statement.changes.flatMap((change) =>
        change.kind === 'create-table' && !change.temporary && tableOf(catalog, change.table) !== undefined
          ? [[keyOf(change.table), statement] as const]
          : [],
      ),
    ),
  );
}

/** The existing tables to which statements give constraints and indexes. */
function alteredIn(statements: readonly Statement[], catalog: Catalog): readonly string[] {
  return statements
    .flatMap(({ changes }) => changes.filter(({ kind }) => stating.has(kind)).map(tableKey))
    .filter((key) => key !== undefined)
    .filter((key) => catalog.tables.has(key));
}

function tableKey(change: Change): string | undefined {
  if (change.kind === 'create-index') return keyOf(change.index.table);
  return 'table' in change && change.table !== undefined ? keyOf(change.table) : undefined;
}

function isState({ changes }: Statement, tables: ReadonlySet<string>): boolean {
  return (
    changes.length > 0 &&
    changes.every((change) => {
      const isPart = change.kind === 'create-table' || stating.has(change.kind);
      return isPart && tables.has(tableKey(change) ?? '');
    })
  );
}

/** The tables as the statements make them. One that they do not create has its columns, and nothing else. */
function stateOf(statements: readonly Statement[], catalog: Catalog): ReadonlyMap<string, Table> {
  const created = createdIn(statements, catalog);
  const changes = statements.flatMap((statement) => statement.changes);
  const start = [...catalog.tables]
    .filter(([key]) => !created.has(key))
    .map(([key, table]) => [key, { ...table, constraints: [], indexes: [] }] as const);
  const { tables } = applyAll({ ...catalog, tables: new Map(start) }, changes).catalog;
  const named = new Set(changes.flatMap(namesIn));
  const asWritten = <Thing extends Constraint | Index>(thing: Thing): Thing => {
    const { name, ...rest } = thing;
    return name === undefined || named.has(name) ? thing : (rest as Thing);
  };
  return new Map(
    [...tables].map(([key, table]) => [
      key,
      { ...table, constraints: table.constraints.map(asWritten), indexes: table.indexes.map(asWritten) },
    ]),
  );
}

function namesIn(change: Change): readonly (string | undefined)[] {
  if (change.kind === 'add-constraint') return [change.constraint.name];
  if (change.kind === 'create-index') return [change.index.name];
  return change.kind === 'create-table' ? [...change.constraints, ...change.indexes].map(({ name }) => name) : [];
}

/** Indexes are often kept elsewhere: a text that has none of a table is not about them. */
function whole(present: Table, { indexes }: Table): Table {
  return indexes.length > 0 ? present : { ...present, indexes: [] };
}

/** What a text that leaves something out can be about: what it names. */
function seen(present: Table, wanted: Table): Table {
  const names = (things: readonly { readonly name?: string }[]) => new Set(things.flatMap(({ name }) => name ?? []));
  const [columns, constraints, indexes] = [names(wanted.columns), names(wanted.constraints), names(wanted.indexes)];
  return {
    ...present,
    columns: present.columns.filter(({ name }) => columns.has(name)),
    constraints: present.constraints.filter(({ name }) => name !== undefined && constraints.has(name)),
    indexes: present.indexes.filter(({ name }) => name !== undefined && indexes.has(name)),
  };
}

function textOf({ sql }: Statement): string {
  return sql.replace(/\s+/g, ' ').toLowerCase();
}
