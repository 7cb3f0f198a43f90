import { createRequire } from 'node:module';
import type { Parser, TableColumnAst } from 'node-sql-parser';

const load = createRequire(import.meta.url);
const parsers = new Map<string, Parser>();

/**
 * The syntax tree of one statement, or `undefined` where the library does not understand it, which is no proof that the
 * statement is wrong. Only the dialect's build is loaded, on first use: all dialects together are ten times as large.
 */
export function treeOf(sql: string, engine: 'mysql' | 'mariadb'): TableColumnAst | undefined {
  try {
    return parserOf(engine).parse(sql);
  } catch {
    return undefined;
  }
}

function parserOf(engine: 'mysql' | 'mariadb'): Parser {
  const known = parsers.get(engine);
  if (known !== undefined) return known;
  const library = load(`node-sql-parser/build/${engine}.js`) as { readonly Parser: new () => Parser };
  const parser = new library.Parser();
  parsers.set(engine, parser);
  return parser;
}
