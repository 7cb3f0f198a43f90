import type { Change, ChangeOf } from '../change.ts';
import type { RelationLock } from '../facts/locks/index.ts';
import { type HeldLock, type HeldLocks, holdLocks } from './held-locks.ts';
import { type InForce, inForce, isHeeded, none, type Settings, withOne, withoutOne } from './session-settings.ts';

/** What the session is in at one point of a file: a transaction, its locks, and the settings in force. */
export interface Session extends InForce {
  readonly inTransaction: boolean;
  /** The place in `earlier` of the open transaction's first change; outside one, of the change that comes. */
  readonly transactionStart: number;
  /**
   * The locks of the open transaction for which others wait, new relations left out: the strongest of each relation, by its
   * key. Of this moment: it goes on with the session.
   */
  readonly held: ReadonlyMap<string, HeldLock>;
  /** The number of the statement that runs; in a DO block each one has its own. */
  readonly statementNumber: number;
  /** What SET LOCAL set outside a transaction, where it only warns. */
  readonly ineffective: ReadonlySet<string>;
}

interface State extends Session {
  /** How many changes the file has made. */
  readonly count: number;
  /** What the session began with, which RESET brings back. */
  readonly defaults: Settings;
  /** The settings of the session itself, under those that SET LOCAL put on top. */
  readonly own: Settings;
  readonly local: Settings;
  /** What ROLLBACK brings back. */
  readonly atBegin: Settings;
  /** The newest, on top of the others. */
  readonly savepoint: Savepoint | undefined;
  readonly locks: HeldLocks;
}

interface Savepoint {
  readonly name: string;
  readonly own: Settings;
  readonly local: Settings;
  readonly mark: number;
  readonly below: Savepoint | undefined;
}

/** The state at the start of a file: each file is a session of its own, in the transaction its tool opens around it. */
export function startOfFile(inTransaction: boolean, defaults: Settings = none): State {
  return {
    inTransaction,
    transactionStart: 0,
    statementNumber: 0,
    count: 0,
    defaults,
    own: none,
    local: none,
    atBegin: none,
    ineffective: new Set(),
    ...nothingHeld(),
    ...inForce(defaults, none, none),
  };
}

/** The state after a change that took these locks (manual, SET: what LOCAL and a rollback do to a setting; SAVEPOINT). */
export function after(state: State, change: Change, locks: () => readonly RelationLock[]): State {
  const count = state.count + 1;
  if (change.kind === 'set') return { ...afterSet(state, change), ...placeOf(state, count) };
  if (change.kind === 'transaction') return { ...afterTransaction(state, change, count), count };
  if (!state.inTransaction) return { ...state, ...placeOf(state, count) };
  state.locks.take(locks(), state.statementNumber);
  if (change.kind === 'rename-table') state.locks.rename(change.table, { ...change.table, name: change.to });
  if (change.kind === 'set-table-schema') state.locks.rename(change.table, { ...change.table, schema: change.to });
  const isStatement = change.inBlock === true;
  return { ...state, count, statementNumber: state.statementNumber + (isStatement ? 1 : 0) };
}

/** The state between two statements. */
export function endOfStatement(state: State): State {
  return { ...state, statementNumber: state.statementNumber + 1 };
}

/** A DO block that stands in no transaction is one of its own: what it locks is held, and what it sets locally lasts, to its end. */
export function enterBlock(state: State): State {
  return { ...state, inTransaction: true, transactionStart: state.count, atBegin: state.own };
}

export function leaveBlock(state: State): State {
  return withSettings(
    { ...state, inTransaction: false, transactionStart: state.count, ...nothingHeld() },
    state.own,
    none,
  );
}

function nothingHeld(): Pick<State, 'held' | 'locks' | 'savepoint'> {
  const locks = holdLocks();
  return { locks, held: locks.byRelation, savepoint: undefined };
}

function placeOf({ inTransaction, transactionStart }: State, count: number) {
  return { count, transactionStart: inTransaction ? transactionStart : count };
}

function afterTransaction(state: State, { verb, name }: ChangeOf<'transaction'>, count: number): State {
  const { own, local, locks } = state;
  const ended = () => ({ ...state, inTransaction: false, transactionStart: count, ...nothingHeld() });
  switch (verb) {
    case 'begin':
      return state.inTransaction ? state : { ...state, inTransaction: true, transactionStart: count, atBegin: own };
    case 'commit':
      return withSettings(ended(), own, none);
    case 'rollback':
      return withSettings(ended(), state.inTransaction ? state.atBegin : own, none);
    case 'savepoint': {
      if (!state.inTransaction) return state;
      const savepoint = { name: name ?? '', own, local, mark: locks.mark(), below: state.savepoint };
      return { ...state, savepoint };
    }
    case 'release':
      return { ...state, savepoint: lastNamed(state, name)?.below };
    case 'rollback-to': {
      // What was locked after the savepoint is free again (manual, "Explicit Locking").
      const savepoint = lastNamed(state, name);
      if (savepoint === undefined) return state;
      locks.backTo(savepoint.mark);
      return withSettings({ ...state, savepoint }, savepoint.own, savepoint.local);
    }
  }
}

function lastNamed({ savepoint }: State, name = ''): Savepoint | undefined {
  let found = savepoint;
  while (found !== undefined && found.name !== name) found = found.below;
  return found;
}

function afterSet(state: State, { setting, value, scope }: ChangeOf<'set'>): State {
  const isReset = value === 'default';
  if (setting !== 'all' && !isHeeded(setting)) return state;
  switch (scope) {
    case 'later':
      return state;
    case 'transaction':
      if (state.inTransaction) return withSettings(state, state.own, withOne(state.local, setting, value));
      return { ...state, ineffective: new Set([...state.ineffective, setting]) };
    case 'session': {
      if (setting === 'all' && isReset) return withSettings(state, none, none);
      return withSettings(state, withOne(state.own, setting, value), withoutOne(state.local, setting));
    }
  }
}

function withSettings(state: State, own: Settings, local: Settings): State {
  return { ...state, own, local, ...inForce(state.defaults, own, local) };
}
