import type { Finder } from './body.ts';
import { innerChanges, type ReadStatement } from './code.ts';
import { type Assembled, assemblerOf, standIn } from './dynamic.ts';
import type { Read, Reading } from './reading.ts';
import { type CodeNode, expressionOf } from './variables.ts';

interface Place {
  readonly key: string;
  readonly value: unknown;
  /** Under a condition, or where an exception is caught. */
  readonly guarded: boolean;
  /** The line of the body on which the statement begins. */
  readonly line: number;
}

/**
 * The changes of the SQL statements in PL/pgSQL code, in the order in which they stand, as if all of them ran whatever the
 * conditions around them: a review must see what can happen. Text that EXECUTE runs is read where it is constant, and else
 * becomes `dynamic-sql`. Keeps its own stack, because code can be nested a thousand deep.
 */
export function changesOfCode(tree: unknown, outer: Reading, finder: Finder, read: ReadStatement): readonly Read[] {
  const assemble = assemblerOf(tree);
  const reads: Read[] = [];
  const stack: Place[] = [{ key: '', value: tree, guarded: false, line: 1 }];
  for (let place = stack.pop(); place !== undefined; place = stack.pop()) {
    const { key, value, guarded } = place;
    if (Array.isArray(value)) {
      for (let at = value.length - 1; at >= 0; at--) stack.push({ ...place, value: value[at] });
    } else if (typeof value === 'object' && value !== null) {
      const node = value as CodeNode;
      const line = Number(node.lineno ?? place.line);
      take(staticSql(queryIn(key, node), line), guarded);
      take(dynamicSql(dynamicIn(key, node), line), guarded);
      const inner = guarded || conditional.has(key) || node.exceptions !== undefined;
      const members = Object.entries(node);
      for (let at = members.length - 1; at >= 0; at--) {
        const [name, member] = members[at] as [string, unknown];
        if (typeof member !== 'object') continue;
        const children = name === 'datums' ? (member as readonly CodeNode[]).filter(isComputed) : member;
        stack.push({ key: name, value: children, guarded: inner, line });
      }
    }
  }
  return reads;

  function take(changes: readonly Read[], guarded: boolean): void {
    for (const change of changes) reads.push(guarded ? { ...change, guarded } : change);
  }

  function staticSql(piece: Piece | undefined, line: number): readonly Read[] {
    if (piece === undefined) return none;
    const { sql, lead } = piece;
    const written = sql.slice(lead).trimStart();
    const start = finder.find(written, line);
    const changes = innerChanges(sql, start, outer, read) ?? [];
    return lead === 0 ? changes : at(start, written.length, changes);
  }

  function dynamicSql(expression: string | undefined, line: number): readonly Read[] {
    return expression === undefined ? none : assemble(expression).flatMap((each) => executed(expression, each, line));
  }

  function executed(expression: string, { kind, text }: Assembled, line: number): readonly Read[] {
    const isWhole = kind === 'constant';
    const written = isWhole ? finder.find(text, line) : undefined;
    const changes = text === standIn ? undefined : innerChanges(text, written, outer, read);
    if (isWhole && changes !== undefined && written !== undefined) return changes;
    const start = finder.find(expression, line);
    if (isWhole && changes !== undefined) return at(start, expression.length, changes);
    const put: Read = { kind: 'dynamic-sql', text: expression, concatenated: kind === 'unquoted' };
    // What it does to a name that is not known, happens to nothing that the catalog knows.
    const likely = (changes ?? []).map((change): Read => ({ ...change, within: { name: 'EXECUTE' } }));
    return at(start, expression.length, [put, ...likely]);
  }

  /** The changes with the place of the text that makes them, where that is known. */
  function at(start: number | undefined, length: number, changes: readonly Read[]): readonly Read[] {
    if (start === undefined) return changes;
    const span = outer.span(start, start + length);
    return changes.map((change) => ({ ...change, span }));
  }
}

const none: readonly Read[] = [];

/** Most variables only have a type; a trigger has a dozen that it did not declare. */
function isComputed({ PLpgSQL_var: variable }: CodeNode): boolean {
  const { cursor_explicit_expr: query, default_val: value } = (variable ?? {}) as CodeNode;
  return query !== undefined || value !== undefined;
}

const conditional: ReadonlySet<string> = new Set(['PLpgSQL_stmt_if', 'PLpgSQL_stmt_case']);

/** SQL that code runs as it stands; its first `lead` characters are ours, where those of the code differ. */
interface Piece {
  readonly sql: string;
  readonly lead: number;
}

function queryIn(key: string, node: CodeNode): Piece | undefined {
  switch (key) {
    case 'PLpgSQL_stmt_execsql':
      return asIs(node.sqlstmt);
    case 'PLpgSQL_stmt_call':
      return asIs(node.expr);
    case 'PLpgSQL_stmt_perform': {
      // The parser made it from `PERFORM`, which is one character longer.
      const sql = expressionOf(node.expr);
      return sql === undefined ? undefined : { sql: `SELECT ${sql.slice('SELECT'.length)}`, lead: 'PERFORM'.length };
    }
    case 'PLpgSQL_stmt_fors':
    case 'PLpgSQL_stmt_return_query':
    case 'PLpgSQL_stmt_open':
      return asIs(node.query);
    case 'PLpgSQL_var':
      return asIs(node.cursor_explicit_expr);
    case 'PLpgSQL_expr':
      return callIn(String(node.query));
    default:
      return undefined;
  }
}

function asIs(expression: unknown): Piece | undefined {
  const sql = expressionOf(expression);
  return sql === undefined ? undefined : { sql, lead: 0 };
}

/** Conditions and assignments matter only for calls that reach out of the database, so that others are not worth a parse. */
function callIn(expression: string): Piece | undefined {
  if (!/^(?!select\b).*\b(?:dblink|lo_(?:im|ex)port|pg_(?:read|ls|stat|file)|http_)\w*\s*\(/is.test(expression))
    return undefined;
  const value = expression.replace(/^[^'"()=]*:?=/, '');
  return { sql: `SELECT ${value}`, lead: 'SELECT '.length };
}

/** The expression of a node whose value is run as SQL. */
function dynamicIn(key: string, node: CodeNode): string | undefined {
  switch (key) {
    case 'PLpgSQL_stmt_dynexecute':
    case 'PLpgSQL_stmt_dynfors':
      return expressionOf(node.query);
    case 'PLpgSQL_stmt_return_query':
    case 'PLpgSQL_stmt_open':
      return expressionOf(node.dynquery);
    default:
      return undefined;
  }
}
