import { tokensOf } from '../../lex.ts';
import { guessEngine } from '../guess-engine.ts';
import type { MigrationTexts } from '../history.ts';
import { compareTexts, compareVersions } from '../versions.ts';
import { type MigrationTool, type Part, writePlain } from './tool.ts';

const versioned = /^([VU])(\d+(?:[._]\d+)*)__(.*)\.sql(\.conf)?$/;
const repeatable = /^R__(.*)\.sql(\.conf)?$/;
/** Sorts after every number. */
const REPEATABLE = 'R';

/**
 * `V2.9__name.sql` in the order of the numbers in the version, its undo `U2.9__name.sql`, then `R__name.sql` in the order
 * of their descriptions; `V2.9__name.sql.conf` beside one configures it (Flyway documentation, "Migrations",
 * "Script configuration").
 *
 * Flyway opens a transaction for each file, except where the file's configuration says `executeInTransaction=false` or
 * where it sees that a statement cannot run in one (its PostgreSQLParser); a mixture of both kinds is refused
 * unless configured, so it is read as one transaction, in which the statement fails as well.
 */
export const flyway: MigrationTool = {
  id: 'flyway',
  firstVersion: '1',

  compare(one, other) {
    const repeated = Number(one.version === REPEATABLE) - Number(other.version === REPEATABLE);
    if (repeated !== 0) return repeated;
    return one.version === REPEATABLE
      ? compareTexts(one.name, other.name)
      : compareVersions(one.version, other.version);
  },

  part({ folder, base }): Part | undefined {
    const [, kind, version, name, configuration] = versioned.exec(base) ?? [];
    if (version !== undefined && name !== undefined) {
      if (configuration !== undefined && kind === 'U') return undefined;
      const role = configuration !== undefined ? 'metadata' : kind === 'V' ? 'up' : 'down';
      return { directory: location(folder), version: version.replaceAll('_', '.'), name, role };
    }
    const [, again, beside] = repeatable.exec(base) ?? [];
    if (again === undefined) return undefined;
    return {
      directory: location(folder),
      version: REPEATABLE,
      name: again,
      role: beside === undefined ? 'up' : 'metadata',
    };
  },

  read({ up, down, metadata }: MigrationTexts) {
    const transaction = inTransaction(up, metadata);
    return down === undefined
      ? { sql: up, transaction }
      : { sql: up, transaction, down, downTransaction: inTransaction(down, undefined) };
  },

  paths({ version, words, reversible }) {
    const name = `${version}__${words.join('_')}.sql`;
    return reversible ? { up: `V${name}`, down: `U${name}` } : { up: `V${name}` };
  },

  write(draft, paths) {
    const files = writePlain(draft, paths);
    if (draft.transaction) return files;
    return [...files, { path: `${paths.up}.conf`, text: 'executeInTransaction=false\n' }];
  },
};

/** Flyway reads a location with all its folders, except that a folder for one engine is a location of its own. */
function location(folder: string): string {
  const [found] = /^(?:.*\/)?migrations?(?=\/|$)/.exec(folder) ?? [];
  return found === undefined || guessEngine(folder.slice(found.length)) !== undefined ? folder : found;
}

function inTransaction(sql: string, configuration: string | undefined): boolean {
  const said = /^\s*(?:flyway\.)?executeInTransaction\s*=\s*(true|false)\b/m.exec(configuration ?? '')?.[1];
  if (said !== undefined) return said === 'true';
  const statements = firstWords(sql);
  return statements.length === 0 || statements.some((words) => !refusesTransaction(words));
}

/** The first words of every statement, in capitals; settings left out, for they may stand beside either kind. */
function firstWords(sql: string): readonly string[] {
  const statements: string[] = [];
  let words: string[] = [];
  const end = () => {
    if (words.length > 0 && words[0] !== 'SET') statements.push(words.join(' '));
    words = [];
  };
  for (const { kind, start, end: to } of tokensOf(sql)) {
    if (kind === 'symbol' && sql[start] === ';') end();
    else if (words.length < 6) words.push(sql.slice(start, Math.min(to, start + 40)).toUpperCase());
  }
  end();
  return statements;
}

function refusesTransaction(statement: string): boolean {
  return (
    /^(?:CREATE(?: UNIQUE)? INDEX|DROP INDEX) CONCURRENTLY\b/.test(statement) ||
    /^REINDEX\b.* CONCURRENTLY\b/.test(statement) ||
    /^(?:VACUUM|DISCARD ALL|ALTER SYSTEM|(?:CREATE|DROP) (?:DATABASE|TABLESPACE|SUBSCRIPTION))\b/.test(statement)
  );
}
