import type {
  CopyStmt,
  DeleteStmt,
  InsertStmt,
  Node,
  RangeVar,
  SelectStmt,
  TruncateStmt,
  UpdateStmt,
  WithClause,
} from 'libpg-query';
import type { ChangeOf } from '../../change.ts';
import { keyOf, type ObjectName } from '../../name.ts';
import { selectInto } from './create-table.ts';
import { nameOf } from './names.ts';
import { allOf, as, visit } from './nodes.ts';
import { indexAt, keywordAfter, type Read, type Reading, textOf } from './reading.ts';
import { setConfig } from './session.ts';

type Verb = ChangeOf<'write-data'>['verb'];

export function insert(node: InsertStmt, reading: Reading): readonly Read[] {
  return [...written(node.withClause, reading), write('insert', node.relation)];
}

export function update(node: UpdateStmt, reading: Reading): readonly Read[] {
  return [...written(node.withClause, reading), write('update', node.relation, whereOf(node, reading))];
}

export function deleteFrom(node: DeleteStmt, reading: Reading): readonly Read[] {
  return [...written(node.withClause, reading), write('delete', node.relation, whereOf(node, reading))];
}

export function truncate(node: TruncateStmt): readonly Read[] {
  return allOf(node.relations, 'RangeVar').map((relation) => write('truncate', relation));
}

export function copy(node: CopyStmt): readonly Read[] {
  if (node.is_from === true) return [write('copy', node.relation)];
  return [{ kind: 'query', tables: node.relation === undefined ? tablesOf(node.query) : [nameOf(node.relation)] }];
}

export function select(node: SelectStmt, reading: Reading): readonly Read[] {
  if (node.intoClause !== undefined) return selectInto(node, reading);
  const set = setConfig(node);
  if (set !== undefined) return [set];
  return [...written(node.withClause, reading), { kind: 'query', tables: tablesOf({ SelectStmt: node }) }];
}

/** A WITH query may write data itself (manual, "Data-Modifying Statements in WITH"). */
function written(clause: WithClause | undefined, reading: Reading): readonly Read[] {
  return allOf(clause?.ctes, 'CommonTableExpr').flatMap(({ ctequery }) => {
    const inserts = as(ctequery, 'InsertStmt');
    const updates = as(ctequery, 'UpdateStmt');
    const deletes = as(ctequery, 'DeleteStmt');
    if (inserts !== undefined) return insert(inserts, reading);
    if (updates !== undefined) return update(updates, reading);
    return deletes === undefined ? [] : deleteFrom(deletes, reading);
  });
}

function write(verb: Verb, relation: RangeVar | undefined, where?: string): Read {
  return { kind: 'write-data', verb, table: nameOf(relation), ...(where === undefined ? {} : { where }) };
}

function whereOf(node: UpdateStmt | DeleteStmt, reading: Reading): string | undefined {
  if (node.whereClause === undefined) return undefined;
  const where = keywordAfter(reading, indexAt(reading, node.relation?.location), 'where') ?? 0;
  const end = keywordAfter(reading, where, 'returning') ?? endOfLevel(reading, where);
  return textOf(reading, where + 1, end);
}

/** Where the bracket closes that the statement stands in, or the end of the statement. */
function endOfLevel(reading: Reading, from: number): number {
  let depth = 0;
  const tokens = reading.tokens();
  for (let at = from; at < tokens.length; at++) {
    const char = tokens[at]?.kind === 'symbol' ? reading.sql[tokens[at]?.start ?? 0] : '';
    if (char === '(') depth++;
    if (char === ')' && --depth < 0) return at;
  }
  return tokens.length;
}

/** The tables a query reads, each once, without the names that its WITH clauses define. */
function tablesOf(query: Node | undefined): readonly ObjectName[] {
  const defined = new Set<string>();
  const tables = new Map<string, ObjectName>();
  visit(query, (kind, node) => {
    if (kind === 'CommonTableExpr') defined.add(String(node.ctename));
    if (kind === 'RangeVar') tables.set(keyOf(nameOf(node)), nameOf(node));
  });
  return [...tables.values()].filter(({ schema, name }) => schema !== undefined || !defined.has(name));
}
