import type {
  ClusterStmt,
  LockStmt,
  Node,
  RefreshMatViewStmt,
  ReindexStmt,
  SelectStmt,
  TransactionStmt,
  VacuumStmt,
  VariableSetStmt,
} from 'libpg-query';
import { nameOf } from './names.ts';
import { allOf, as, texts } from './nodes.ts';
import { otherStatement } from './other.ts';
import type { Read, Reading } from './reading.ts';

export function transaction(node: TransactionStmt, reading: Reading): readonly Read[] {
  const chained: readonly Read[] = node.chain === true ? [{ kind: 'transaction', verb: 'begin' }] : [];
  switch (node.kind) {
    case 'TRANS_STMT_BEGIN':
    case 'TRANS_STMT_START':
      return [{ kind: 'transaction', verb: 'begin' }];
    case 'TRANS_STMT_COMMIT':
      return [{ kind: 'transaction', verb: 'commit' }, ...chained];
    case 'TRANS_STMT_ROLLBACK':
      return [{ kind: 'transaction', verb: 'rollback' }, ...chained];
    case 'TRANS_STMT_SAVEPOINT':
      return [{ kind: 'transaction', verb: 'savepoint' }];
    case 'TRANS_STMT_RELEASE':
      return [{ kind: 'transaction', verb: 'release' }];
    default:
      return otherStatement(reading);
  }
}

/** SET, SET LOCAL and RESET; the value of a reset setting is `default`. */
export function setVariable(node: VariableSetStmt, reading: Reading): readonly Read[] {
  if (node.kind === 'VAR_SET_MULTI' || node.kind === 'VAR_SET_CURRENT') return otherStatement(reading);
  const value = node.kind === 'VAR_SET_VALUE' ? (node.args ?? []).map(constantText).join(', ') : 'default';
  const scope = node.is_local === true ? 'transaction' : 'session';
  return [{ kind: 'set', setting: (node.name ?? 'all').toLowerCase(), value, scope }];
}

/** `SELECT set_config('lock_timeout', '2s', false)` is a SET in the form of a query (manual, "Configuration Settings Functions"). */
export function setConfig(node: SelectStmt): Read | undefined {
  const [target, ...more] = allOf(node.targetList, 'ResTarget');
  const call = as(target?.val, 'FuncCall');
  if (call === undefined || more.length > 0 || texts(call.funcname).at(-1) !== 'set_config') return undefined;
  const [setting, value, local] = (call.args ?? []).map(constantText);
  if (setting === undefined || value === undefined) return undefined;
  return { kind: 'set', setting: setting.toLowerCase(), value, scope: local === 'true' ? 'transaction' : 'session' };
}

export function lock(node: LockStmt): readonly Read[] {
  return allOf(node.relations, 'RangeVar').map((relation) => ({
    kind: 'maintain',
    what: 'LOCK TABLE',
    table: nameOf(relation),
    concurrently: false,
  }));
}

export function cluster(node: ClusterStmt): readonly Read[] {
  return [{ kind: 'maintain', what: 'CLUSTER', ...tableOf(node.relation), concurrently: false }];
}

export function vacuum(node: VacuumStmt, reading: Reading): readonly Read[] {
  const full = allOf(node.options, 'DefElem').some(({ defname }) => defname === 'full');
  if (!full) return otherStatement(reading);
  const tables = allOf(node.rels, 'VacuumRelation').map(({ relation }) => tableOf(relation));
  return (tables.length === 0 ? [{}] : tables).map((table) => ({
    kind: 'maintain',
    what: 'VACUUM FULL',
    ...table,
    concurrently: false,
  }));
}

export function reindex(node: ReindexStmt): readonly Read[] {
  const concurrently = allOf(node.params, 'DefElem').some(({ defname }) => defname === 'concurrently');
  const table = node.kind === 'REINDEX_OBJECT_TABLE' ? tableOf(node.relation) : {};
  return [{ kind: 'maintain', what: 'REINDEX', ...table, concurrently }];
}

export function refresh(node: RefreshMatViewStmt): readonly Read[] {
  const concurrently = node.concurrent === true;
  return [{ kind: 'maintain', what: 'REFRESH MATERIALIZED VIEW', ...tableOf(node.relation), concurrently }];
}

function tableOf(relation: ReindexStmt['relation']) {
  return relation === undefined ? {} : { table: nameOf(relation) };
}

function constantText(node: Node): string {
  const constant = as(node, 'A_Const') ?? as(as(node, 'TypeCast')?.arg, 'A_Const');
  if (constant?.sval !== undefined) return constant.sval.sval ?? '';
  if (constant?.fval !== undefined) return constant.fval.fval ?? '';
  if (constant?.boolval !== undefined) return String(constant.boolval.boolval ?? false);
  return String(constant?.ival?.ival ?? 0);
}
