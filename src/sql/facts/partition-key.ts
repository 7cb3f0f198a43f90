import { tokensOf } from '../lex.ts';

/** The columns of a partition key (`RANGE (created_at, lower(name))`); an expression is `undefined`. */
export function partitionColumns(partitionBy: string): readonly (string | undefined)[] {
  const open = partitionBy.indexOf('(');
  const inside = partitionBy.slice(open + 1, partitionBy.lastIndexOf(')'));
  const keys: (string | undefined)[] = [];
  let depth = 0;
  let isFirst = true;
  for (const { kind, start, end } of tokensOf(inside)) {
    const text = inside.slice(start, end);
    if (isFirst) keys.push(kind === 'word' ? text.toLowerCase() : kind === 'name' ? unquoted(text) : undefined);
    // A bracket after the first word makes a function call of it; COLLATE and an operator class bring none.
    else if (depth === 0 && text === '(') keys[keys.length - 1] = undefined;
    if (text === '(') depth++;
    if (text === ')') depth--;
    isFirst = depth === 0 && text === ',';
  }
  return keys;
}

function unquoted(name: string): string {
  return name.slice(1, -1).replaceAll('""', '"');
}
