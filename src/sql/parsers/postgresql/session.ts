import type { Node, SelectStmt, TransactionStmt, VariableSetStmt } from 'libpg-query';
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

function constantText(node: Node): string {
  const constant = as(node, 'A_Const') ?? as(as(node, 'TypeCast')?.arg, 'A_Const');
  if (constant?.sval !== undefined) return constant.sval.sval ?? '';
  if (constant?.fval !== undefined) return constant.fval.fval ?? '';
  if (constant?.boolval !== undefined) return String(constant.boolval.boolval ?? false);
  return String(constant?.ival?.ival ?? 0);
}
