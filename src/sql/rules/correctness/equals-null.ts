import type { Constraint } from '../../change.ts';
import { queryKinds, traitsOf } from '../../facts/queries.ts';
import { tokensOf } from '../../lex.ts';
import { defineRule } from '../../rule.ts';

export const equalsNull = defineRule({
  id: 'equals-null',
  level: 'warning',
  category: 'correctness',
  engines: ['postgresql'],
  when: 'A condition compares something with NULL by `=` or `<>`',
  effect:
    'The answer is neither true nor false but NULL, so that no row ever meets a WHERE, and a CHECK never refuses one',
  remedy: 'Write `IS NULL` or `IS NOT NULL`',
  source: 'PostgreSQL manual, "Comparison Functions and Operators"',
  examples: [
    {
      engine: 'postgresql',
      given: 'CREATE TABLE orders (id bigint PRIMARY KEY, sent_at timestamptz);',
      bad: 'CREATE VIEW open_orders AS SELECT id FROM orders WHERE sent_at = NULL;',
      good: 'CREATE VIEW open_orders AS SELECT id FROM orders WHERE sent_at IS NULL;',
    },
    {
      engine: 'postgresql',
      bad: 'CREATE TABLE orders (id bigint PRIMARY KEY, sent_at timestamptz, CHECK (sent_at <> NULL));',
      good: 'CREATE TABLE orders (id bigint PRIMARY KEY, sent_at timestamptz NOT NULL);',
    },
  ],
  on: [...queryKinds, 'create-table', 'add-constraint', 'create-index'],
  inRoutines: true,

  check(change) {
    switch (change.kind) {
      case 'create-index':
        return hasEqualsNull(change.index.where) ? 'The predicate of this index is true of no row.' : undefined;
      case 'create-table':
        return ofConstraints(change.constraints);
      case 'add-constraint':
        return ofConstraints([change.constraint]);
      default: {
        const [found] = traitsOf(change, 'equals-null');
        return found === undefined ? undefined : `\`${found.operator} NULL\` is true of no row.`;
      }
    }
  },
});

/** A check that is neither true nor false is met (manual, "Check Constraints"). */
function ofConstraints(constraints: readonly Constraint[]): string | undefined {
  const found = constraints.some((each) => each.kind === 'check' && hasEqualsNull(each.expression));
  return found ? 'A comparison with NULL is never false, so that this check refuses nothing.' : undefined;
}

/** Looked for among the tokens, because a string may hold the same text. */
function hasEqualsNull(expression: string | undefined): boolean {
  if (expression === undefined || !/[=>]\s*null\b/i.test(expression)) return false;
  const tokens = tokensOf(expression);
  const text = (at: number) => expression.slice(tokens[at]?.start, tokens[at]?.end);
  return tokens.some(
    ({ kind }, at) => kind === 'word' && /^null$/i.test(text(at)) && (text(at - 1) === '=' || isUnequal(at)),
  );

  function isUnequal(at: number): boolean {
    return text(at - 1) === '>' && text(at - 2) === '<';
  }
}
