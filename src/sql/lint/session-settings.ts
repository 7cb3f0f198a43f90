import { milliseconds } from './durations.ts';

/** The values of settings by their names in lower case, as far as files gave them one. */
export type Settings = ReadonlyMap<string, string>;

export const none: Settings = new Map();

/** The settings that rules ask for: of others a file may have thousands, and names of its own. */
const heeded: ReadonlySet<string> = new Set([
  'lock_timeout',
  'statement_timeout',
  'transaction_timeout',
  'timezone',
  'search_path',
]);

export function isHeeded(setting: string): boolean {
  return heeded.has(setting);
}

/** What is in force at one point. */
export interface InForce {
  /** Those of the settings that rules ask for. */
  readonly settings: Settings;
  /**
   * In milliseconds: zero is none, `NaN` a value that cannot be known. `undefined` where nothing set it: the server's own
   * default is none (manual, "Client Connection Defaults"; `transaction_timeout` is of PostgreSQL 17).
   */
  readonly lockTimeout: number | undefined;
  readonly statementTimeout: number | undefined;
  readonly transactionTimeout: number | undefined;
}

/** What SET LOCAL set goes over what SET did, and that over what the session began with, which comes back where it is reset. */
export function inForce(defaults: Settings, own: Settings, local: Settings): InForce {
  const settings = new Map(defaults);
  for (const [name, value] of [...own, ...local]) {
    const given = value === 'default' ? defaults.get(name) : value;
    if (given === undefined) settings.delete(name);
    else settings.set(name, given);
  }
  const timeout = (name: string) => {
    const value = settings.get(name);
    return value === undefined ? undefined : milliseconds(value);
  };
  return {
    settings,
    lockTimeout: timeout('lock_timeout'),
    statementTimeout: timeout('statement_timeout'),
    transactionTimeout: timeout('transaction_timeout'),
  };
}

/** The settings with one more. */
export function withOne(settings: Settings, name: string, value: string): Settings {
  return new Map(settings).set(name, value);
}

/** The settings without one. */
export function withoutOne(settings: Settings, name: string): Settings {
  const others = new Map(settings);
  others.delete(name);
  return others;
}
