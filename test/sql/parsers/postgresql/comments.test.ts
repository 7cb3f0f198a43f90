import { beforeAll, expect, it } from 'vitest';
import { loadParsers, parse } from '../../../../src/sql/parsers/index.ts';

beforeAll(loadParsers);

it.each([
  ['SELECT 1 FROM a WHERE b NOT /* why */ IN (1)', 1],
  ['SELECT b FROM a ORDER BY b NULLS -- 🙂 the empty ones\n LAST; DROP TABLE c', 2],
  ['CREATE TABLE a (b timestamp with /* é */ time zone);\nDROP TABLE é', 2],
])('reads a comment between words that belong together: %s', (sql, statements) => {
  const script = parse(sql, 'postgresql');
  expect(script.errors).toEqual([]);
  expect(script.statements).toHaveLength(statements);
  for (const { sql: own, span } of script.statements) {
    const [first = ''] = own.split('\n');
    expect(sql.split('\n')[span.line - 1]?.slice(span.column - 1)).toContain(first);
  }
});

it.each(['SELECT 1 /* never ends', 'SELECT (1 -- ) ', 'SELEC 1 -- why'])('still refuses %s', (sql) => {
  expect(parse(sql, 'postgresql').errors).toHaveLength(1);
});
