import { describe, expect, it } from 'vitest';
import { isLiteral, isOneExpression } from '../../src/planner/expression.ts';

describe('isOneExpression', () => {
  it.each([
    '1',
    "'it''s; (fine'",
    '$$;)$$',
    '(a + b) * 2',
    "E'\\';'",
    '"odd;name" || 1',
    "SELECT max(x) FROM t WHERE y = ')'",
    'numeric(10,2)',
  ])('takes %s', (text) => {
    expect(isOneExpression(text)).toBe(true);
  });

  it.each([
    '',
    ' ',
    '1; DROP TABLE t',
    '1) OR (1',
    ')(',
    '(1',
    "'open",
    '1 -- c',
    '1 /* c */',
    "'a\\' ; DROP TABLE t; --'",
    '`; DROP TABLE t; `',
    '$a$ ; $b$',
    '1\0',
  ])('refuses %j', (text) => {
    expect(isOneExpression(text)).toBe(false);
  });
});

describe('isLiteral', () => {
  it.each(['1', '-1.5', "'a''b'", 'TRUE', "'x'::text", "'1'::numeric(10,2)"])('takes %s', (text) =>
    expect(isLiteral(text)).toBe(true),
  );
  it.each(['now()', 'a', "'a' || 'b'", "E'\\n'", '1 + 1', "'a'::text || b"])('refuses %s', (text) =>
    expect(isLiteral(text)).toBe(false),
  );
});
