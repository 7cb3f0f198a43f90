import { visit } from './nodes.ts';

/** An object of the tree that PL/pgSQL's parser gives. Its library has no types for it. */
export type CodeNode = Readonly<Record<string, unknown>>;

/** Where a variable's value comes from: an expression, or a column of a query's result, by its place or its name. */
export type Origin =
  | { readonly kind: 'expression'; readonly sql: string }
  | { readonly kind: 'query'; readonly sql: string; readonly at: number | 'whole' };

export interface Variable {
  /** In lower case and as it is written, such as `text`, `integer`, `name`. */
  readonly type: string;
  readonly origins: readonly Origin[];
}

/** The variables of a body of PL/pgSQL by name; those of the same name in several blocks count as one. */
export function variablesOf(tree: unknown): ReadonlyMap<string, Variable> {
  const variables = new Map<string, { type: string; origins: Origin[] }>();
  const datums: string[] = [];
  const add = (name: string, origin: Origin) => variables.get(name.toLowerCase())?.origins.push(origin);

  visit(tree, (key, node) => {
    if (key === 'PLpgSQL_var' || key === 'PLpgSQL_rec') {
      const name = String(node.refname).toLowerCase();
      const known = variables.get(name);
      const variable = known ?? { type: typeOf(node), origins: [] };
      if (known === undefined) variables.set(name, variable);
      const value = expressionOf(node.default_val);
      if (value !== undefined) variable.origins.push({ kind: 'expression', sql: value });
    }
    if (key === 'datums') datums.push(String((Object.values(node)[0] as CodeNode | undefined)?.refname ?? ''));
    const { target, var: loop } = node as { target?: unknown; var?: unknown };
    if (key === 'PLpgSQL_stmt_execsql') fill(target, expressionOf(node.sqlstmt));
    if (key === 'PLpgSQL_stmt_fors') fill(loop, expressionOf(node.query));
    if (key === 'PLpgSQL_stmt_assign') {
      const [, name, sql] = /^\s*([\w$]+)\s*:?=(.*)$/s.exec(expressionOf(node.expr) ?? '') ?? [];
      if (name !== undefined && sql !== undefined) add(name, { kind: 'expression', sql });
    }
    if (key === 'PLpgSQL_stmt_foreach_a') {
      const sql = expressionOf(node.expr);
      if (sql !== undefined) add(datums[Number(node.varno)] ?? '', { kind: 'expression', sql });
    }
  });
  return variables;

  function fill(target: unknown, sql: string | undefined): void {
    if (sql === undefined) return;
    const { PLpgSQL_rec: record, PLpgSQL_row: row, PLpgSQL_var: single } = (target ?? {}) as Record<string, CodeNode>;
    if (record !== undefined) add(String(record.refname), { kind: 'query', sql, at: 'whole' });
    if (single !== undefined) add(String(single.refname), { kind: 'query', sql, at: 0 });
    const fields = (row?.fields ?? []) as readonly { readonly name?: string }[];
    fields.forEach(({ name = '' }, at) => {
      add(name, { kind: 'query', sql, at });
    });
  }
}

/** The text of a `PLpgSQL_expr`. */
export function expressionOf(node: unknown): string | undefined {
  return (node as { readonly PLpgSQL_expr?: { readonly query?: string } } | undefined)?.PLpgSQL_expr?.query;
}

function typeOf(node: CodeNode): string {
  const { PLpgSQL_type: type } = (node.datatype ?? {}) as { readonly PLpgSQL_type?: { readonly typname?: string } };
  return (type?.typname ?? '').toLowerCase().replace(/^pg_catalog\.|"/g, '');
}
