import type { ParseResult } from 'libpg-query';
import { TerminalError } from '../../../kernel/errors.ts';

type Library = typeof import('libpg-query');

let library: Library | undefined;

/** Loads PostgreSQL's parser (WebAssembly) once. Later calls return at once. */
export async function loadPostgresql(): Promise<void> {
  if (library !== undefined) return;
  const loading = await import('libpg-query');
  await loading.loadModule();
  library = loading;
}

/** A place in a text that the parser refused; `codePoint` is counted from the start of the text. */
export interface Refusal {
  readonly message: string;
  readonly codePoint: number;
}

/** The syntax trees of a text, or why there are none. Throws only when the parser was not loaded before. */
export function treesOf(sql: string): ParseResult | Refusal {
  if (library === undefined) {
    throw new TerminalError('The PostgreSQL parser is not loaded.', 'Await loadParsers() before the first parse().');
  }
  // The library refuses the empty text although PostgreSQL reads it as no statement at all.
  if (sql === '') return {};
  try {
    return library.parseSync(sql);
  } catch (thrown) {
    if (library.hasSqlDetails(thrown)) {
      return { message: thrown.message, codePoint: thrown.sqlDetails?.cursorPosition ?? 0 };
    }
    return { message: 'PostgreSQL\u2019s parser gave up on this statement', codePoint: 0 };
  }
}

/** The syntax tree of a DO statement's PL/pgSQL body, or nothing where it cannot be read. */
export function plpgsqlOf(sql: string): unknown {
  try {
    return library?.parsePlPgSQLSync(sql);
  } catch {
    // The server would say so when it runs; the statement itself was read, and counts as not looked into.
    return undefined;
  }
}

export function isRefusal(answer: ParseResult | Refusal): answer is Refusal {
  return 'codePoint' in answer;
}
