import type { Change, Script, Statement } from '../change.ts';
import type { LintOptions } from '../lint.ts';
import type { LintFile } from './files.ts';

/**
 * What is known of the database at one point of a run. `nothing`: what a file names may exist, and what another file of the run
 * made may be elsewhere. `order`: the files before it have run on the same database. `likely`: they are all there is, as far as the
 * files themselves tell. `sure`: somebody says so.
 */
export type Knowledge = 'nothing' | 'order' | 'likely' | 'sure';

/** What is known at the start of a file; `doubtful`: something before it may have made more than could be read. */
export function knowledgeAt(
  file: LintFile,
  { known, deployedApart }: LintOptions,
  files: readonly LintFile[],
  doubtful: boolean,
): Knowledge {
  const isTold = known ?? (file.history?.whole === true ? 'likely' : undefined);
  if (isTold !== undefined) return doubtful ? 'order' : isTold;
  return file.history !== undefined || deployedApart !== true || files.length === 1 ? 'order' : 'nothing';
}

/** Whether a text has parts that may make or remove what nobody can see in it. */
export function leavesDoubt({ errors, foreign = [], statements }: Script): boolean {
  if (errors.length > 0 || foreign.some(({ kind, text }) => kind === 'placeholder' || runsMore.test(text))) return true;
  return statements.some((statement) => statement.changes.some((change) => mayDoMore(change, statement)));
}

/** psql's commands that bring in other SQL, or another database. */
const runsMore = /^\\(?:ir?|include(?:_relative)?|c|connect|gexec|if|elif|else)\b/;

const opaque: ReadonlySet<string> = new Set(['DO', 'EXECUTE', 'CALL', 'IMPORT FOREIGN', 'CREATE TYPE']);

function isOpaque(what: string): boolean {
  return opaque.has(what) || opaque.has(what.split(' ', 1)[0] ?? '');
}

/** Functions of PostgreSQL itself, and others that are called for their own sake. */
const harmless = /\b(?:setval|set_config|nextval|currval|now|count|version|pg_\w+|pg_catalog\.\w+)\s*\(/gi;

/** Whether a change can make or remove what it does not name: SQL put together at run time, a function called for its effect. */
export function mayDoMore(change: Change, { sql }: Statement): boolean {
  // What stands in a function happens when it is called, and the call is what gives doubt.
  if (change.within !== undefined) return false;
  switch (change.kind) {
    case 'dynamic-sql':
      return true;
    case 'other':
      // What is not modelled may still take another name.
      return isOpaque(change.what) || /\b(?:rename\s+to|set\s+schema)\b/i.test(sql);
    case 'query':
      return change.tables.length === 0 && sql.replace(harmless, '').includes('(');
    default:
      return false;
  }
}
