import { createRequire } from 'node:module';

/** What we use of sql-lint. */
interface SqlLint {
  readonly categorise: (sql: string) => string;
  readonly tokenise: (query: Query) => unknown;
  readonly makeCheck: (name: CheckName) => Check;
  readonly makeQuery: (lines: readonly string[]) => Query;
}

export type CheckName = 'HungarianNotation' | 'InvalidLimitQuantifier' | 'OddCodePoint' | 'TrailingWhitespace';

interface Check {
  readonly appliesTo: readonly string[];
  check(query: unknown): { readonly content: string };
}

interface Query {
  readonly lines: unknown[];
}

type Constructor<Made, Arguments extends readonly unknown[] = []> = new (...args: Arguments) => Made;

let loaded: SqlLint | undefined;

/** The library, loaded when a text first looks as if it had something to say: it brings grammars that take time to load. */
export function sqlLint(): SqlLint {
  if (loaded !== undefined) return loaded;
  const require = createRequire(import.meta.url);
  const checks = require('sql-lint/dist/src/barrel/checks.js') as Record<CheckName, Constructor<Check>>;
  const lexer = require('sql-lint/dist/src/lexer/lexer.js') as Pick<SqlLint, 'categorise' | 'tokenise'>;
  const { Line } = require('sql-lint/dist/src/reader/line.js') as { Line: Constructor<unknown, [string, number]> };
  const { Query } = require('sql-lint/dist/src/reader/query.js') as { Query: Constructor<Query> };
  loaded = {
    categorise: lexer.categorise,
    tokenise: lexer.tokenise,
    makeCheck: (name) => new checks[name](),
    makeQuery: (lines) => {
      const query = new Query();
      query.lines.push(...lines.map((line, index) => new Line(line, index + 1)));
      return query;
    },
  };
  return loaded;
}
