import type { Engine } from '../../sql/engine.ts';
import { quoteIdentifier } from '../../sql/quote.ts';
import { checkedExpression } from './values.ts';

/** A condition with the column in the place of `VALUE`, if the engine takes it for one expression. */
export function conditionSql(condition: string, column: string | undefined, engine: Engine): string | undefined {
  const sql =
    column === undefined
      ? condition
      : condition
          .split("'")
          // Every other part stands inside quotes, where VALUE is a text.
          .map((part, at) => (at % 2 === 0 ? part.replace(/\bVALUE\b/g, quoteIdentifier(column, engine)) : part))
          .join("'");
  return checkedExpression(sql, engine);
}
