import type { Change } from '../change.ts';

/** What the session is in at one point of a file: a transaction, a lock timeout. */
export interface Session {
  readonly inTransaction: boolean;
  readonly lockTimeout: boolean;
}

interface State extends Session {
  /** The timeout of the session itself, under one that SET LOCAL put on top. */
  readonly sessionTimeout: boolean;
  /** What ROLLBACK brings back. */
  readonly atBegin: boolean;
}

/** The state at the start of a file: each file is a session of its own, in the transaction its tool opens around it. */
export function startOfFile(inTransaction: boolean): State {
  return { inTransaction, lockTimeout: false, sessionTimeout: false, atBegin: false };
}

/** The state after a change (PostgreSQL manual, SET: what LOCAL and a rollback do to a setting). */
export function after(state: State, change: Change): State {
  if (change.kind === 'set') return afterSet(state, change);
  if (change.kind !== 'transaction') return state;
  switch (change.verb) {
    case 'begin':
      return state.inTransaction ? state : { ...state, inTransaction: true, atBegin: state.sessionTimeout };
    case 'commit':
      return { ...state, inTransaction: false, lockTimeout: state.sessionTimeout };
    case 'rollback': {
      const timeout = state.inTransaction ? state.atBegin : state.sessionTimeout;
      return { ...state, inTransaction: false, sessionTimeout: timeout, lockTimeout: timeout };
    }
    case 'savepoint':
    case 'release':
      return state;
  }
}

function afterSet(state: State, { setting, value, scope }: Extract<Change, { kind: 'set' }>): State {
  if (setting === 'all' && value === 'default') return { ...state, lockTimeout: false, sessionTimeout: false };
  if (setting !== 'lock_timeout') return state;
  // Zero is no timeout, and the server's default may be none.
  const isSet = value !== 'default' && !/^0+(?:\.0+)?\s*(?:us|ms|s|min|h|d)?$/.test(value.trim());
  if (scope === 'session') return { ...state, lockTimeout: isSet, sessionTimeout: isSet };
  // Outside a transaction SET LOCAL only warns.
  return state.inTransaction ? { ...state, lockTimeout: isSet } : state;
}
