import { isOneExpression } from '../../planner/expression.ts';
import type { Table } from '../../sql/catalog.ts';
import type { Engine } from '../../sql/engine.ts';
import { parse } from '../../sql/parsers/index.ts';
import { quoteIdentifier, quoteLiteral } from '../../sql/quote.ts';
import { readValue } from '../grammar/values.ts';
import type { Value } from '../grammar/wish.ts';
import { findColumn } from '../names/lookup.ts';
import { plain } from '../text/markdown.ts';
import { wordsOf } from '../text/words.ts';
import type { Refused } from './choices.ts';
import type { Desk } from './desk.ts';

type Family = 'number' | 'truth' | 'text' | 'instant' | 'other';

/** What kind of values a canonical type holds. */
export function familyOf(type: string): Family {
  if (/^(?:small|big|tiny|medium)?int\b|^integer|^numeric|^decimal|^real|^double|^float/.test(type))
    return type === 'tinyint(1)' ? 'truth' : 'number';
  if (/^bool/.test(type)) return 'truth';
  if (/^(?:text|char|varchar|character|citext|name|tinytext|longtext|mediumtext)/.test(type) && !type.endsWith('[]'))
    return 'text';
  return /^(?:date|time|timestamp)/.test(type) ? 'instant' : 'other';
}

/** The value as SQL for a column of that type; bare words may name another column of `table` where rows are there to take it from. */
export function valueSql(value: Value, type: string, desk: Desk, table?: Table): string | Refused {
  const family = familyOf(type);
  const { engine } = desk;
  if (value.kind === 'expression')
    return checkedExpression(value.text, engine) ?? { refused: `\`${value.text}\` is no SQL expression` };
  if (/^null$/i.test(value.text) && value.kind === 'word') return 'NULL';
  if (value.kind === 'word' && table !== undefined) {
    const column = findColumn(table, value.text.slice(value.text.lastIndexOf('.') + 1));
    if (column.kind === 'found') return quoteIdentifier(column.thing.name, engine);
  }
  const text = value.text.replaceAll('\0', '');
  if (family === 'truth') {
    if (/^(?:true|yes|y|t|on)$/i.test(text)) return 'true';
    return /^(?:false|no|n|f|off)$/i.test(text) ? 'false' : { refused: 'the column holds only true and false' };
  }
  if (family === 'number') return /^-?\d+(?:\.\d+)?$/.test(text) ? text : { refused: 'the column holds numbers' };
  const values = enumValues(desk, type);
  if (values !== undefined && !values.includes(text)) {
    return { refused: `the values of \`${type}\` are ${values.map((each) => `\`${each}\``).join(', ')}` };
  }
  return quoteLiteral(text, engine);
}

function enumValues(desk: Desk, type: string): readonly string[] | undefined {
  return desk.catalog().enums.get(type) ?? desk.catalog().enums.get(`public.${type}`);
}

/** An answer as a value: a literal, a phrase such as "now", a name of a column, or SQL. */
export function answeredValue(answer: string): Value {
  const text = plain(answer)
    .trim()
    .replace(/^`|`$/g, '')
    .replace(/[.;]+$/, '');
  const words = wordsOf(text);
  const read = readValue(words, 0, text);
  if (read !== undefined && read.next === words.length) return read.value;
  return { kind: /[()'+*/|]/.test(text) ? 'expression' : 'text', text };
}

/** The text if the engine's parser takes it for one expression and nothing else. */
export function checkedExpression(sql: string, engine: Engine): string | undefined {
  const text = sql.trim().replace(/;+$/, '');
  if (engine === 'sqlite' || !isOneExpression(text)) return undefined;
  // On a line of its own, so that no comment can reach the bracket that closes it.
  const { statements, errors } = parse(`SELECT (\n${text}\n)`, engine);
  const changes = statements.flatMap((statement) => statement.changes);
  return errors.length === 0 && changes.length === 1 && changes[0]?.kind === 'query' ? text : undefined;
}

/** Values that fit a column of that type, as choices. */
export function likelyValues(type: string): readonly string[] {
  switch (familyOf(type)) {
    case 'number':
      return ['0'];
    case 'truth':
      return ['false', 'true'];
    case 'text':
      return ["''"];
    case 'instant':
      return ['now()'];
    case 'other':
      return [];
  }
}
