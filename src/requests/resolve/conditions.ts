import type { Engine } from '../../sql/engine.ts';
import { quoteIdentifier } from '../../sql/quote.ts';
import { checkedExpression } from './values.ts';

/**
 * A condition with the column in the place of `VALUE`, if the engine takes it for one expression. It is checked before the name
 * stands in it, because MySQL's quotes are not allowed in what people write.
 */
export function conditionSql(condition: string, column: string | undefined, engine: Engine): string | undefined {
  const checked = checkedExpression(condition, engine);
  if (checked === undefined || column === undefined) return checked;
  return (
    checked
      .split("'")
      // Every other part stands inside quotes, where VALUE is a text.
      .map((part, at) => (at % 2 === 0 ? part.replace(/\bVALUE\b/g, quoteIdentifier(column, engine)) : part))
      .join("'")
  );
}
