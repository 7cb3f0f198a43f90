import parsers from 'node-sql-parser/build/postgresql.js';
import { type Catalog, columnOf, type Table, tableOf } from '../sql/catalog.ts';
import type { ObjectName } from '../sql/name.ts';

/** What a query asks of one table, by column: what an index would have to begin with, and go on with. */
export interface TableUse {
  readonly table: ObjectName;
  readonly equal: readonly string[];
  readonly range: readonly string[];
  readonly joined: readonly string[];
  readonly ordered: readonly { readonly column: string; readonly descending: boolean }[];
}

/** The part of `node-sql-parser`'s tree that matters here; everything in it may be missing. */
interface Node {
  readonly type?: string;
  readonly operator?: string;
  readonly left?: Node;
  readonly right?: Node;
  readonly table?: string | null;
  readonly column?: string | { readonly expr?: { readonly value?: string } };
}
interface Source {
  readonly db?: string | null;
  readonly table?: string;
  readonly as?: string | null;
  readonly on?: Node;
}
interface Select {
  readonly type?: string;
  readonly from?: readonly Source[] | null;
  readonly where?: Node | null;
  readonly orderby?: readonly { readonly expr: Node; readonly type?: string }[] | null;
}

/**
 * The tables of one SELECT with the columns that its WHERE (conditions joined by AND only: an OR is no use to one index), its
 * joins and its ORDER BY name. `undefined` where the query cannot be read or is not a SELECT. Tables that the catalog does
 * not know, and subqueries, are left out.
 */
export function readQuery(query: string, catalog: Catalog): readonly TableUse[] | undefined {
  const select = parse(query);
  if (select === undefined) return undefined;
  const sources = (select.from ?? []).flatMap(({ db, table, as }) => {
    if (table === undefined) return [];
    const name = { ...(typeof db === 'string' ? { schema: db } : {}), name: table };
    const known = tableOf(catalog, name);
    return known === undefined ? [] : [{ alias: as ?? table, known }];
  });
  const where = conjuncts(select.where ?? undefined);
  const joins = (select.from ?? []).flatMap(({ on }) => conjuncts(on));

  return sources.map(({ alias, known }) => {
    const own = (node: Node | undefined) => ownColumn(node, alias, known, sources.length === 1);
    const sides = ({ left, right }: Node) => [own(left), own(right)].flatMap((column) => column ?? []);
    const bothColumns = ({ left, right }: Node) => left?.type === 'column_ref' && right?.type === 'column_ref';
    const all = [...where, ...joins];
    return {
      table: known.name,
      equal: unique(all.filter((node) => equality.has(operatorOf(node)) && !bothColumns(node)).flatMap(sides)),
      range: unique(all.filter((node) => ranges.has(operatorOf(node))).flatMap(sides)),
      joined: unique(all.filter((node) => node.operator === '=' && bothColumns(node)).flatMap(sides)),
      ordered: (select.orderby ?? []).flatMap(
        ({ expr, type }) => own(expr)?.map((column) => ({ column, descending: type === 'DESC' })) ?? [],
      ),
    };
  });
}

const equality: ReadonlySet<string> = new Set(['=', 'IN', 'IS']);
const ranges: ReadonlySet<string> = new Set(['<', '>', '<=', '>=', 'BETWEEN']);

function operatorOf({ operator }: Node): string {
  return operator ?? '';
}

function parse(query: string): Select | undefined {
  try {
    const tree: unknown = new parsers.Parser().astify(query.replace(/;\s*$/, ''));
    const [statement] = (Array.isArray(tree) ? tree : [tree]) as readonly Select[];
    return statement?.type === 'select' && Array.isArray(statement.from) ? statement : undefined;
  } catch {
    // The parser throws on what it cannot read; that it could not is the answer.
    return undefined;
  }
}

function conjuncts(node: Node | undefined): readonly Node[] {
  if (node === undefined) return [];
  return node.operator === 'AND' ? [...conjuncts(node.left), ...conjuncts(node.right)] : [node];
}

function ownColumn(node: Node | undefined, alias: string, table: Table, alone: boolean): readonly string[] | undefined {
  if (node?.type !== 'column_ref') return undefined;
  const column = typeof node.column === 'string' ? node.column : node.column?.expr?.value;
  const names =
    node.table === alias || ((node.table === null || node.table === undefined) && (alone || column !== undefined));
  return names && column !== undefined && columnOf(table, column) !== undefined ? [column] : undefined;
}

function unique(columns: readonly (string | readonly string[])[]): readonly string[] {
  return [...new Set(columns.flat())];
}
