import type {
  AlterDatabaseSetStmt,
  AlterRoleSetStmt,
  AlterSystemStmt,
  DiscardStmt,
  Node,
  SelectStmt,
  TransactionStmt,
  VariableSetStmt,
} from 'libpg-query';
import type { BodyOf } from '../../change.ts';
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
      return [{ kind: 'transaction', verb: 'savepoint', name: node.savepoint_name ?? '' }];
    case 'TRANS_STMT_RELEASE':
      return [{ kind: 'transaction', verb: 'release', name: node.savepoint_name ?? '' }];
    case 'TRANS_STMT_ROLLBACK_TO':
      return [{ kind: 'transaction', verb: 'rollback-to', name: node.savepoint_name ?? '' }];
    default:
      return otherStatement(reading);
  }
}

/** SET, SET LOCAL and RESET; the value of a reset setting is `default`. */
export function setVariable(node: VariableSetStmt, reading: Reading): readonly Read[] {
  const change = settingOf(node);
  return change === undefined ? otherStatement(reading) : [change];
}

/** ALTER ROLE, ALTER DATABASE and ALTER SYSTEM SET what later sessions begin with. */
export function setForLater(
  { setstmt }: AlterRoleSetStmt | AlterDatabaseSetStmt | AlterSystemStmt,
  reading: Reading,
): readonly Read[] {
  const change = setstmt === undefined ? undefined : settingOf(setstmt);
  return change === undefined ? otherStatement(reading) : [{ ...change, scope: 'later' }];
}

/** DISCARD ALL resets every setting, beside what it throws away (manual, DISCARD). */
export function discard({ target }: DiscardStmt, reading: Reading): readonly Read[] {
  if (target !== 'DISCARD_ALL') return otherStatement(reading);
  return [{ kind: 'set', setting: 'all', value: 'default', scope: 'session' }];
}

function settingOf(node: VariableSetStmt): BodyOf<'set'> | undefined {
  if (node.kind === 'VAR_SET_MULTI' || node.kind === 'VAR_SET_CURRENT') return undefined;
  const value =
    node.kind === 'VAR_SET_VALUE' ? (node.args ?? []).map((each) => constantText(each) ?? '').join(', ') : 'default';
  const scope = node.is_local === true ? 'transaction' : 'session';
  return { kind: 'set', setting: (node.name ?? 'all').toLowerCase(), value, scope };
}

/**
 * `SELECT set_config('lock_timeout', '2s', false)` is a SET in the form of a query (manual, "Configuration Settings
 * Functions"); `undefined` when the query does anything else. A value that is computed is not known, and left empty.
 */
export function setConfig(node: SelectStmt): readonly Read[] | undefined {
  const calls = allOf(node.targetList, 'ResTarget').map(({ val }) => as(val, 'FuncCall'));
  if (calls.length === 0 || calls.some((call) => texts(call?.funcname).at(-1) !== 'set_config')) return undefined;
  return calls.flatMap((call): readonly Read[] => {
    const [setting, value, local] = (call?.args ?? []).map(constantText);
    if (setting === undefined) return [];
    const scope = local === 'true' ? 'transaction' : 'session';
    return [{ kind: 'set', setting: setting.toLowerCase(), value: value ?? '', scope }];
  });
}

function constantText(node: Node): string | undefined {
  const constant = as(node, 'A_Const') ?? as(as(node, 'TypeCast')?.arg, 'A_Const');
  if (constant === undefined) return undefined;
  if (constant.sval !== undefined) return constant.sval.sval ?? '';
  if (constant.fval !== undefined) return constant.fval.fval ?? '';
  if (constant.boolval !== undefined) return String(constant.boolval.boolval ?? false);
  return String(constant.ival?.ival ?? 0);
}
