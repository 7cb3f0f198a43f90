import type {
  CopyStmt,
  DeleteStmt,
  ExplainStmt,
  InsertStmt,
  MergeStmt,
  Node,
  RangeVar,
  SelectStmt,
  TruncateStmt,
  UpdateStmt,
  WithClause,
} from 'libpg-query';
import type { BodyOf } from '../../change.ts';
import { selectInto } from './create-table.ts';
import { nameOf } from './names.ts';
import { allOf, as, texts } from './nodes.ts';
import { otherStatement } from './other.ts';
import { tablesOf } from './query-tables.ts';
import { insertedBy, reach } from './reach.ts';
import { indexAt, keywordAfter, type Read, type Reading, textOf } from './reading.ts';
import { noScope, scopeOf } from './scope.ts';
import { setConfig } from './session.ts';
import { traitsOf } from './traits.ts';

type Verb = BodyOf<'write-data'>['verb'];

export function insert(node: InsertStmt, reading: Reading): readonly Read[] {
  const columns = namesOf(node.cols);
  const sets = namesOf(node.onConflictClause?.targetList);
  const query = as(node.selectStmt, 'SelectStmt');
  return [
    ...written(node.withClause, reading),
    {
      ...write('insert', node.relation),
      ...(columns.length === 0 ? {} : { columns }),
      ...(sets.length === 0 ? {} : { sets }),
      ...(query === undefined ? {} : insertedBy(query, scopeOf([], noScope, node.withClause?.ctes))),
      ...traitsOf({ InsertStmt: node }, reading),
    },
  ];
}

export function update(node: UpdateStmt, reading: Reading): readonly Read[] {
  return [
    ...written(node.withClause, reading),
    {
      ...write('update', node.relation, whereOf(node, reading)),
      sets: namesOf(node.targetList),
      ...reach(node, node.fromClause),
      ...traitsOf({ UpdateStmt: node }, reading),
    },
  ];
}

export function deleteFrom(node: DeleteStmt, reading: Reading): readonly Read[] {
  return [
    ...written(node.withClause, reading),
    {
      ...write('delete', node.relation, whereOf(node, reading)),
      ...reach(node, node.usingClause),
      ...traitsOf({ DeleteStmt: node }, reading),
    },
  ];
}

/** One change for each kind of writing that the clauses of a MERGE ask for; its join is their condition. */
export function merge(node: MergeStmt, reading: Reading): readonly Read[] {
  const on = keywordAfter(reading, indexAt(reading, node.relation?.location), 'on') ?? 0;
  const where = textOf(reading, on + 1, keywordAfter(reading, on, 'when') ?? reading.tokens().length);
  const from = node.sourceRelation === undefined ? [] : [node.sourceRelation];
  const facts = {
    ...reach({ ...node, whereClause: node.joinCondition }, from),
    ...traitsOf({ MergeStmt: node }, reading),
  };
  const clauses = allOf(node.mergeWhenClauses, 'MergeWhenClause');
  const verbs = new Set(clauses.flatMap(({ commandType }) => mergeVerbs[commandType ?? ''] ?? []));
  return [
    ...written(node.withClause, reading),
    ...[...verbs].map((verb): Read => {
      const sets = clauses.filter((clause) => mergeVerbs[clause.commandType ?? ''] === 'update');
      return {
        ...write(verb, node.relation, where),
        ...(verb === 'update' ? { sets: sets.flatMap(({ targetList }) => namesOf(targetList)) } : {}),
        ...facts,
      };
    }),
  ];
}

const mergeVerbs: Readonly<Record<string, 'insert' | 'update' | 'delete'>> = {
  CMD_INSERT: 'insert',
  CMD_UPDATE: 'update',
  CMD_DELETE: 'delete',
};

export function truncate(node: TruncateStmt): readonly Read[] {
  const cascade = node.behavior === 'DROP_CASCADE' ? { cascade: true } : {};
  return allOf(node.relations, 'RangeVar').map((relation) => ({ ...write('truncate', relation), ...cascade }));
}

export function copy(node: CopyStmt, reading: Reading): readonly Read[] {
  const program = node.is_program === true ? { program: true } : {};
  if (node.is_from === true) {
    const columns = texts(node.attlist);
    return [{ ...write('copy', node.relation), ...(columns.length === 0 ? {} : { columns }), ...program }];
  }
  const tables = node.relation === undefined ? tablesOf(node.query) : [nameOf(node.relation)];
  const traits = node.query === undefined ? {} : traitsOf(node.query, reading);
  return [{ kind: 'query', tables, ...program, ...traits }];
}

export function select(node: SelectStmt, reading: Reading): readonly Read[] {
  if (node.intoClause !== undefined) return selectInto(node, reading);
  const set = setConfig(node);
  if (set !== undefined) return set;
  const query: Node = { SelectStmt: node };
  return [
    ...written(node.withClause, reading),
    { kind: 'query', tables: tablesOf(query), ...traitsOf(query, reading) },
  ];
}

/** EXPLAIN ANALYZE runs its statement (manual, EXPLAIN); without ANALYZE nothing happens. */
export function explain(
  { query, options }: ExplainStmt,
  reading: Reading,
  read: (tree: Node, reading: Reading) => readonly Read[],
): readonly Read[] {
  const analyze = allOf(options, 'DefElem').find(({ defname }) => defname === 'analyze');
  const isOff =
    /^(?:false|off|0)$/i.test(as(analyze?.arg, 'String')?.sval ?? '') || as(analyze?.arg, 'Integer')?.ival === 0;
  return analyze === undefined || isOff || query === undefined ? otherStatement(reading) : read(query, reading);
}

/** A WITH query may write data itself (manual, "Data-Modifying Statements in WITH"). */
function written(clause: WithClause | undefined, reading: Reading): readonly Read[] {
  return allOf(clause?.ctes, 'CommonTableExpr').flatMap(({ ctequery }) => {
    const inserts = as(ctequery, 'InsertStmt');
    const updates = as(ctequery, 'UpdateStmt');
    const deletes = as(ctequery, 'DeleteStmt');
    const merges = as(ctequery, 'MergeStmt');
    if (inserts !== undefined) return insert(inserts, reading);
    if (updates !== undefined) return update(updates, reading);
    if (deletes !== undefined) return deleteFrom(deletes, reading);
    return merges === undefined ? [] : merge(merges, reading);
  });
}

function write(verb: Verb, relation: RangeVar | undefined, where?: string): BodyOf<'write-data'> {
  return { kind: 'write-data', verb, table: nameOf(relation), ...(where === undefined ? {} : { where }) };
}

/** The names in a list of columns to write. */
function namesOf(targets: readonly Node[] | undefined): readonly string[] {
  return allOf(targets, 'ResTarget').flatMap(({ name }) => name ?? []);
}

function whereOf(node: UpdateStmt | DeleteStmt, reading: Reading): string | undefined {
  if (node.whereClause === undefined || isAlwaysTrue(node.whereClause)) return undefined;
  const where = keywordAfter(reading, indexAt(reading, node.relation?.location), 'where') ?? 0;
  const end = keywordAfter(reading, where, 'returning') ?? endOfLevel(reading, where);
  return textOf(reading, where + 1, end);
}

/** `WHERE true` and `WHERE 1 = 1` keep nothing out: they quiet whoever looks for a missing WHERE. */
function isAlwaysTrue(condition: Node): boolean {
  const comparison = as(condition, 'A_Expr');
  if (comparison === undefined) return as(condition, 'A_Const')?.boolval?.boolval === true;
  const [left, right] = [as(comparison.lexpr, 'A_Const'), as(comparison.rexpr, 'A_Const')];
  return (
    texts(comparison.name).join() === '=' &&
    left?.ival !== undefined &&
    right?.ival !== undefined &&
    left.ival.ival === right.ival.ival
  );
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
