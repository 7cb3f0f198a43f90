import { nextToken } from '../../lex.ts';

/**
 * The parser recurses once per operator of a chain (`1+1+1...`), and beyond some 8,000 of them it exhausts its stack, which
 * breaks it for every later statement of the process. Real migrations stay far below this limit.
 */
const limit = 2_500;

/** What PostgreSQL's scanner takes for one operator, comments and all, before it looks again from two characters further on. */
const operator = /[-+*/<>=~!@#%^&|`?]+/y;

/** Words that make a syntax tree deeper in the same list, as commas do not. */
const deepening = /^(?:union|intersect|except|join)$/i;

/** Whether an SQL text nests or chains so deeply that it must not be handed to the parser. */
export function isTooDeep(sql: string): boolean {
  // Every level takes at least two characters.
  if (sql.length < 2 * limit) return false;
  const levels = [{ chain: 0, joins: 0 }];
  let depth = 0;
  let scanned = 0;
  for (let token = nextToken(sql, 0); token !== undefined; token = nextToken(sql, token.end)) {
    if (token.kind === 'comment') {
      if (token.start < scanned) continue;
      operator.lastIndex = token.start;
      const run = operator.exec(sql)?.[0] ?? '';
      // Each beginning of a comment in the run is scanned to the run's end, which costs square time.
      if (run.length > 2 * limit && run.split('/*').length > limit) return true;
      scanned = token.start + run.length;
      continue;
    }
    const level = levels.at(-1) as { chain: number; joins: number };
    const text = token.end - token.start <= 9 ? sql.slice(token.start, token.end) : '';
    if (text === ';') {
      levels.splice(0, levels.length, { chain: 0, joins: 0 });
      depth = 0;
    } else if (text === ',') {
      depth -= level.chain;
      level.chain = 0;
    } else if (text === '(' || text === '[') {
      levels.push({ chain: 0, joins: 0 });
      depth++;
    } else if ((text === ')' || text === ']') && levels.length > 1) {
      levels.pop();
      depth -= level.chain + level.joins + 1;
    } else if (token.kind === 'symbol' && text !== '.') {
      level.chain++;
      depth++;
    } else if (token.kind === 'word' && deepening.test(text)) {
      level.joins++;
      depth++;
    } else if (token.kind === 'word' && /^(?:not|is|at|case|collate|in|like)$/i.test(text)) {
      level.chain++;
      depth++;
    }
    if (depth > limit) return true;
  }
  return false;
}

/** PL/pgSQL's parser compares each declared name with every other. No person declares so many. */
const mostDeclarations = 2_000;

/** Whether PL/pgSQL code declares so much, or nests so deeply, that it must not be handed to the parser. */
export function isTooMuchCode(code: string): boolean {
  if (isTooDeep(code)) return true;
  // Every declaration takes at least four characters.
  if (code.length < 4 * mostDeclarations) return false;
  let declares = false;
  let declarations = 0;
  for (let token = nextToken(code, 0); token !== undefined; token = nextToken(code, token.end)) {
    const text = token.end - token.start <= 7 ? code.slice(token.start, token.end).toLowerCase() : '';
    if (text === 'declare') declares = true;
    else if (text === 'begin') declares = false;
    else if (declares && text === ';' && ++declarations > mostDeclarations) return true;
  }
  return false;
}
