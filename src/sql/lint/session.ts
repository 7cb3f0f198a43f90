import type { Change, ChangeOf } from '../change.ts';
import { isStronger, type RelationLock } from '../facts/locks/index.ts';
import { keyOf } from '../name.ts';
import { milliseconds } from './durations.ts';

/** The values of settings by their names in lower case, as far as files gave them one. */
export type Settings = ReadonlyMap<string, string>;

/** What the session is in at one point of a file: a transaction, its locks, and the settings in force. */
export interface Session {
  readonly inTransaction: boolean;
  /** The place in `earlier` of the open transaction's first change; outside one, of the change that comes. */
  readonly transactionStart: number;
  /** What the open transaction has locked so far, new relations left out: one lock a relation, the strongest. */
  readonly held: readonly RelationLock[];
  readonly settings: Settings;
  /**
   * The timeouts in force, in milliseconds: zero is none, `NaN` a value that cannot be known. Absent where nothing set them: the
   * server's own default is none (manual, "Client Connection Defaults"; `transaction_timeout` is of PostgreSQL 17).
   */
  readonly lockTimeout?: number;
  readonly statementTimeout?: number;
  readonly transactionTimeout?: number;
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
}

interface Savepoint {
  readonly name: string;
  readonly own: Settings;
  readonly local: Settings;
  readonly held: readonly RelationLock[];
}

const none: Settings = new Map();

/** The state at the start of a file: each file is a session of its own, in the transaction its tool opens around it. */
export function startOfFile(inTransaction: boolean, defaults: Settings = none): State {
  const start = { inTransaction, transactionStart: 0, held: [], settings: none, count: 0, savepoints: [] };
  return withSettings({ ...start, defaults, own: none, local: none, atBegin: none }, none, none);
}

/** The state after a change that took these locks (manual, SET: what LOCAL and a rollback do to a setting; SAVEPOINT). */
export function after(state: State, change: Change, locks: () => readonly RelationLock[]): State {
  const count = state.count + 1;
  if (change.kind === 'set') return { ...afterSet(state, change), ...placeOf(state, count) };
  if (change.kind === 'transaction') return { ...afterTransaction(state, change, count), count };
  if (!state.inTransaction) return { ...state, ...placeOf(state, count) };
  return { ...state, count, held: underNewName(withLocks(state.held, locks()), change) };
}

/** A DO block that stands in no transaction is one of its own: what it locks is held, and what it sets locally lasts, to its end. */
export function enterBlock(state: State): State {
  return { ...state, inTransaction: true, transactionStart: state.count, atBegin: state.own };
}

export function leaveBlock(state: State): State {
  const ended = { ...state, inTransaction: false, transactionStart: state.count, held: [], savepoints: [] };
  return withSettings(ended, state.own, none);
}

function placeOf({ inTransaction, transactionStart }: State, count: number) {
  return { count, transactionStart: inTransaction ? transactionStart : count };
}

function afterTransaction(state: State, { verb, name }: ChangeOf<'transaction'>, count: number): State {
  const { own, local, held } = state;
  const ended = { ...state, inTransaction: false, transactionStart: count, held: [], savepoints: [] };
  switch (verb) {
    case 'begin':
      return state.inTransaction ? state : { ...state, inTransaction: true, transactionStart: count, atBegin: own };
    case 'commit':
      return withSettings(ended, own, none);
    case 'rollback':
      return withSettings(ended, state.inTransaction ? state.atBegin : own, none);
    case 'savepoint': {
      if (!state.inTransaction) return state;
      return { ...state, savepoints: [...state.savepoints, { name: name ?? '', own, local, held }] };
    }
    case 'release':
      return { ...state, savepoints: state.savepoints.slice(0, Math.max(lastNamed(state, name), 0)) };
    case 'rollback-to': {
      // What was locked after the savepoint is free again (manual, "Explicit Locking").
      const at = lastNamed(state, name);
      const savepoint = state.savepoints[at];
      if (savepoint === undefined) return state;
      const back = { ...state, held: savepoint.held, savepoints: state.savepoints.slice(0, at + 1) };
      return withSettings(back, savepoint.own, savepoint.local);
    }
  }
}

function lastNamed({ savepoints }: State, name = ''): number {
  return savepoints.findLastIndex((savepoint) => savepoint.name === name);
}

function afterSet(state: State, { setting, value, scope }: ChangeOf<'set'>): State {
  const isReset = value === 'default';
  switch (scope) {
    case 'later':
      return state;
    case 'transaction':
      // Outside a transaction SET LOCAL only warns.
      return state.inTransaction ? withSettings(state, state.own, withOne(state.local, setting, value)) : state;
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

function withLocks(held: readonly RelationLock[], locks: readonly RelationLock[]): readonly RelationLock[] {
  let all = held;
  for (const lock of locks) {
    const key = keyOf(lock.relation);
    const known = all.findIndex(({ relation }) => keyOf(relation) === key);
    const before = all[known];
    if (before === undefined) all = [...all, lock];
    else if (isStronger(lock.mode, before.mode)) all = all.with(known, lock);
  }
  return all;
}

/** A table stays locked under the name that it is given. */
function underNewName(held: readonly RelationLock[], change: Change): readonly RelationLock[] {
  if (change.kind !== 'rename-table' && change.kind !== 'set-table-schema') return held;
  const { table, to } = change;
  const renamed = change.kind === 'rename-table' ? { ...table, name: to } : { ...table, schema: to };
  const key = keyOf(table);
  return held.map((lock) => (keyOf(lock.relation) === key ? { ...lock, relation: renamed } : lock));
}
