import type { Change, ChangeOf } from '../change.ts';
import type { RelationLock } from '../facts/locks/index.ts';
import { milliseconds } from './durations.ts';
import { type HeldLock, type HeldLocks, holdLocks } from './held-locks.ts';

/** The settings that rules ask for: of others a file may have thousands, and names of its own. */
const heeded: ReadonlySet<string> = new Set([
  'lock_timeout',
  'statement_timeout',
  'transaction_timeout',
  'timezone',
  'search_path',
]);

/** The values of settings by their names in lower case, as far as files gave them one. */
export type Settings = ReadonlyMap<string, string>;

/** What the session is in at one point of a file: a transaction, its locks, and the settings in force. */
export interface Session {
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
  /** Those of the settings that rules ask for. */
  readonly settings: Settings;
  /**
   * The timeouts in force, in milliseconds: zero is none, `NaN` a value that cannot be known. Absent where nothing set them: the
   * server's own default is none (manual, "Client Connection Defaults"; `transaction_timeout` is of PostgreSQL 17).
   */
  readonly lockTimeout?: number;
  readonly statementTimeout?: number;
  readonly transactionTimeout?: number;
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
  readonly savepoints: readonly Savepoint[];
  readonly locks: HeldLocks;
}

interface Savepoint {
  readonly name: string;
  readonly own: Settings;
  readonly local: Settings;
  readonly mark: number;
}

const none: Settings = new Map();

/** The state at the start of a file: each file is a session of its own, in the transaction its tool opens around it. */
export function startOfFile(inTransaction: boolean, defaults: Settings = none): State {
  const start = {
    inTransaction,
    transactionStart: 0,
    statementNumber: 0,
    settings: none,
    count: 0,
    ...nothingHeld(),
    ineffective: new Set<string>(),
  };
  return withSettings({ ...start, defaults, own: none, local: none, atBegin: none }, none, none);
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

function nothingHeld(): Pick<State, 'held' | 'locks' | 'savepoints'> {
  const locks = holdLocks();
  return { locks, held: locks.byRelation, savepoints: [] };
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
      return { ...state, savepoints: [...state.savepoints, { name: name ?? '', own, local, mark: locks.mark() }] };
    }
    case 'release':
      return { ...state, savepoints: state.savepoints.slice(0, Math.max(lastNamed(state, name), 0)) };
    case 'rollback-to': {
      // What was locked after the savepoint is free again (manual, "Explicit Locking").
      const at = lastNamed(state, name);
      const savepoint = state.savepoints[at];
      if (savepoint === undefined) return state;
      locks.backTo(savepoint.mark);
      const back = { ...state, savepoints: state.savepoints.slice(0, at + 1) };
      return withSettings(back, savepoint.own, savepoint.local);
    }
  }
}

function lastNamed({ savepoints }: State, name = ''): number {
  return savepoints.findLastIndex((savepoint) => savepoint.name === name);
}

function afterSet(state: State, { setting, value, scope }: ChangeOf<'set'>): State {
  const isReset = value === 'default';
  if (setting !== 'all' && !heeded.has(setting)) return state;
  switch (scope) {
    case 'later':
      return state;
    case 'transaction':
      if (state.inTransaction) return withSettings(state, state.own, withOne(state.local, setting, value));
      return { ...state, ineffective: new Set([...state.ineffective, setting]) };
    case 'session': {
      if (setting === 'all' && isReset) return withSettings(state, none, none);
      const local = new Map(state.local);
      local.delete(setting);
      return withSettings(state, withOne(state.own, setting, value), local);
    }
  }
}

function withOne(settings: Settings, name: string, value: string): Settings {
  return new Map(settings).set(name, value);
}

/** A setting that was reset is what the session began with. */
function withSettings(state: State, own: Settings, local: Settings): State {
  const settings = new Map(state.defaults);
  for (const [name, value] of [...own, ...local]) {
    const given = value === 'default' ? state.defaults.get(name) : value;
    if (given === undefined) settings.delete(name);
    else settings.set(name, given);
  }
  const { lockTimeout: _lock, statementTimeout: _statement, transactionTimeout: _transaction, ...rest } = state;
  return {
    ...rest,
    own,
    local,
    settings,
    ...timeout('lockTimeout', settings.get('lock_timeout')),
    ...timeout('statementTimeout', settings.get('statement_timeout')),
    ...timeout('transactionTimeout', settings.get('transaction_timeout')),
  };
}

type Timeout = 'lockTimeout' | 'statementTimeout' | 'transactionTimeout';

function timeout(name: Timeout, value: string | undefined): Partial<Record<Timeout, number>> {
  return value === undefined ? {} : { [name]: milliseconds(value) };
}
