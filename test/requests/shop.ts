import type { Goal } from '../../src/planner/goal.ts';
import { type Request, type Understood, understand } from '../../src/requests/understand.ts';
import { applyChange, catalogOf } from '../../src/sql/apply/index.ts';
import type { Catalog } from '../../src/sql/catalog.ts';
import type { Change } from '../../src/sql/change.ts';
import { display } from '../../src/sql/name.ts';
import { loadParsers, parse } from '../../src/sql/parsers/index.ts';
import { type RenderableKind, renderChange } from '../../src/sql/render.ts';

await loadParsers();

/** A small shop with what requests stumble over: a column name in two tables, a second schema, an index, an enum. */
export const shop: Catalog = catalogOf('postgresql', [
  parse(
    `CREATE TYPE size AS ENUM ('s', 'm', 'l');
     CREATE TABLE customers (id bigint PRIMARY KEY, email text NOT NULL, name text, legacy text, country_code char(2));
     CREATE TABLE orders (
       id bigint PRIMARY KEY, customer_id bigint REFERENCES customers, total numeric(10,2), status text,
       created_at timestamptz NOT NULL DEFAULT now(), code varchar(40)
     );
     CREATE INDEX orders_code_idx ON orders (code);
     CREATE TABLE order_items (
       id bigint PRIMARY KEY, order_id bigint NOT NULL REFERENCES orders, quantity integer NOT NULL, status text
     );
     CREATE TABLE products (id integer PRIMARY KEY, sku text, price numeric(10,2));
     CREATE SCHEMA audit;
     CREATE TABLE audit.log (id bigint PRIMARY KEY, message text);`,
    'postgresql',
  ),
]).catalog;

/** What a request comes to: its goals as SQL, the ids of the open questions, and what was not understood. */
export interface Outcome {
  readonly wants: readonly string[];
  readonly asks: readonly string[];
  readonly unread: readonly string[];
}

/** Understands a request about the shop on PostgreSQL 16, without a title unless one is given. */
export function ask(
  body: string,
  answers: Readonly<Record<string, string>> = {},
  more: Partial<Request> = {},
): Understood {
  return understand({
    title: '',
    body,
    answers: new Map(Object.entries(answers)),
    catalog: shop,
    engine: 'postgresql',
    engineVersion: '16',
    ...more,
  });
}

/** The same where neither configuration nor caller knows the version. */
export function askUnversioned(body: string, answers: Readonly<Record<string, string>> = {}): Understood {
  return understand({
    title: '',
    body,
    answers: new Map(Object.entries(answers)),
    catalog: shop,
    engine: 'postgresql',
  });
}

export function outcome(body: string, answers?: Readonly<Record<string, string>>, more?: Partial<Request>): Outcome {
  return outcomeOf(ask(body, answers, more));
}

export function outcomeOf({ goals, questions, notUnderstood }: Understood): Outcome {
  return { wants: goals.map(sqlOf), asks: questions.map(({ id }) => id), unread: notUnderstood };
}

function sqlOf(goal: Goal): string {
  switch (goal.kind) {
    case 'change':
      return renderChange(goal.change as Extract<Change, { kind: RenderableKind }>).replace(/\s+/g, ' ');
    case 'backfill':
      return `UPDATE ${display(goal.table)} SET ${goal.column} = ${goal.value}${goal.where === undefined ? '' : ` WHERE ${goal.where}`}`;
    case 'optimize':
      return `${goal.query}${goal.targetMs === undefined ? '' : ` -- under ${goal.targetMs} ms`}`;
  }
}

/** The problems that applying every goal in order meets; none for goals that are complete. */
export function problemsOf({ goals }: Understood, start: Catalog = shop): readonly string[] {
  let catalog = start;
  return goals.flatMap((goal) => {
    if (goal.kind !== 'change') return [];
    const applied = applyChange(catalog, goal.change);
    catalog = applied.catalog;
    return applied.problem === undefined ? [] : [applied.problem];
  });
}
