import type { Change, Statement } from '../../sql/change.ts';
import { type Token, tokensOf } from '../../sql/lex.ts';
import type { ObjectName } from '../../sql/name.ts';
import { positionsIn } from '../../sql/positions.ts';

/** What a comment in the desired schema says about the table or column that it stands at. */
export interface Remark {
  readonly says: 'renamed' | 'moved' | 'fill' | 'convert';
  /** The old name, or the expression. */
  readonly value: string;
  readonly table: ObjectName;
  /** Absent: it is about the table. */
  readonly column?: string;
  readonly line: number;
}

/** A comment that is for us and that nothing can be done with. */
export interface LostRemark {
  readonly line: number;
  readonly message: string;
}

export const remarkForms =
  '-- database-lead: renamed from NAME, -- database-lead: moved from TABLE.COLUMN, -- database-lead: fill with EXPRESSION, -- database-lead: convert using EXPRESSION';

/**
 * The answers that stand in a schema as comments, on the line of a column or on one of their own above it; above CREATE TABLE, they
 * are about the table. A text without one costs a search and nothing more.
 */
export function remarksIn(
  sql: string,
  statements: readonly Statement[],
): { readonly remarks: readonly Remark[]; readonly lost: readonly LostRemark[] } {
  const remarks: Remark[] = [];
  const lost: LostRemark[] = [];
  if (!/database-lead\s*:/i.test(sql)) return { remarks, lost };
  const tokens = tokensOf(sql, { comments: true });
  const { line: lineOf } = positionsIn(sql);
  const sites = sitesIn(sql, statements, tokens);
  for (const [at, token] of tokens.entries()) {
    if (token.kind !== 'comment') continue;
    const said = textOf(sql.slice(token.start, token.end));
    if (said === undefined) continue;
    const line = lineOf(token.start);
    const form = formOf(said);
    if (form === undefined) {
      lost.push({ line, message: `"database-lead: ${said}" is not understood` });
      continue;
    }
    const site = siteOf(at, tokens, sites, lineOf);
    if (site === undefined) lost.push({ line, message: `"database-lead: ${said}" stands at no column and no table` });
    else if (site.column === undefined && form.says !== 'renamed')
      lost.push({ line, message: `"database-lead: ${said}" is about a column, and stands at a table` });
    else {
      const { table, column } = site;
      remarks.push({ ...form, table, ...(column === undefined ? {} : { column }), line });
    }
  }
  return { remarks, lost };
}

/** What follows the product's name in a comment; comments that let a finding pass are not about schemas. */
function textOf(comment: string): string | undefined {
  const bare = comment.startsWith('/*') ? comment.slice(2).replace(/\*\/$/, '') : comment.slice(2);
  const said = /^\s*database-lead\s*:\s*(.*?)\s*$/is.exec(bare)?.[1];
  return said === undefined || /^ignore\b/i.test(said) ? undefined : said;
}

const forms = [
  ['renamed', /^renamed\s+from\s+(\S.*)$/is],
  ['moved', /^moved\s+from\s+(\S.*)$/is],
  ['fill', /^fill\s+with\s+(\S.*)$/is],
  ['convert', /^convert\s+using\s+(\S.*)$/is],
] as const;

function formOf(said: string): Pick<Remark, 'says' | 'value'> | undefined {
  for (const [says, form] of forms) {
    const value = form.exec(said)?.[1];
    if (value === undefined) continue;
    if (says !== 'renamed' && says !== 'moved') return { says, value };
    const parts = nameParts(value);
    const isNamed = parts !== undefined && (says === 'renamed' || parts.length > 1);
    return isNamed ? { says, value: parts.join('.') } : undefined;
  }
  return undefined;
}

/** A name as SQL reads it: in lower case unless it is quoted. */
function nameParts(text: string): readonly string[] | undefined {
  const parts: string[] = [];
  for (const [at, { kind, start, end }] of tokensOf(text, { comments: true }).entries()) {
    const piece = text.slice(start, end);
    if (at % 2 === 1) {
      if (piece !== '.') return undefined;
    } else if (kind === 'word') parts.push(piece.toLowerCase());
    else if (kind === 'name' && piece.startsWith('"')) parts.push(unquoted(piece));
    else return undefined;
  }
  return parts.length === 0 || parts.length > 3 ? undefined : parts;
}

/** Where a table or column is written. The end is exclusive, and behind the comma of a column. */
interface Site {
  readonly table: ObjectName;
  readonly column?: string;
  readonly start: number;
  readonly end: number;
}

function sitesIn(sql: string, statements: readonly Statement[], tokens: readonly Token[]): readonly Site[] {
  const starts = lineStarts(sql);
  return statements.flatMap((statement) => {
    const [change, second] = statement.changes;
    if (change === undefined || change.within !== undefined) return [];
    const start = (starts[statement.span.line - 1] ?? 0) + statement.span.column - 1;
    const end = start + statement.sql.length;
    if (change.kind === 'create-table') return tableSites(sql, change, { start, end }, tokens);
    if (change.kind !== 'add-column' || second !== undefined) return [];
    return [{ table: change.table, column: change.column.name, start, end: behindSemicolon(sql, end) }];
  });
}

/** The table from its statement's start to the parenthesis, then each column that the statement lists. */
function tableSites(
  sql: string,
  { table, columns }: Extract<Change, { kind: 'create-table' }>,
  { start, end }: Pick<Site, 'start' | 'end'>,
  tokens: readonly Token[],
): readonly Site[] {
  const known = new Set(columns.map(({ name }) => name));
  const own = tokens.filter((token) => token.kind !== 'comment' && token.start >= start && token.end <= end);
  const sites: Site[] = [];
  let depth = 0;
  let head = end;
  let first: Token | undefined;
  for (const token of own) {
    const symbol = token.kind === 'symbol' ? sql[token.start] : '';
    const closes = symbol === ')' || symbol === ']';
    if (depth === 1 && (symbol === ',' || closes)) {
      const column = first === undefined ? undefined : columnNamed(sql, first);
      if (first !== undefined && column !== undefined && known.has(column))
        sites.push({ table, column, start: first.start, end: symbol === ',' ? token.end : token.start });
      first = undefined;
    } else if (depth === 1) first ??= token;
    if (symbol === '(' || symbol === '[') depth++;
    if (closes) depth--;
    if (depth === 1 && head === end) head = token.end;
    // What follows the list (PARTITION BY, WITH) lists no columns.
    if (depth === 0 && closes) break;
  }
  return [{ table, start, end: head }, ...sites];
}

function columnNamed(sql: string, { kind, start, end }: Token): string | undefined {
  const text = sql.slice(start, end);
  if (kind === 'word') return text.toLowerCase();
  return kind === 'name' ? unquoted(text) : undefined;
}

function unquoted(name: string): string {
  return name.slice(1, -1).replaceAll('""', '"');
}

/** The site on the comment's line before it, or else the one that begins behind it. */
function siteOf(
  at: number,
  tokens: readonly Token[],
  sites: readonly Site[],
  lineOf: (offset: number) => number,
): Site | undefined {
  const comment = tokens[at];
  if (comment === undefined) return undefined;
  const line = lineOf(comment.start);
  const code = ({ kind }: Token) => kind !== 'comment';
  const before = tokens.slice(0, at).findLast(code);
  if (before !== undefined && lineOf(before.end - 1) === line) {
    const around = sites.find(({ start, end }) => start <= before.start && before.start < end);
    if (around !== undefined) return around;
    // Behind the parenthesis that ends the list, the last column may still be meant, if it is the only one there.
    const onLine = sites.filter(({ start }) => start < comment.start && lineOf(start) === line);
    return onLine.length === 1 ? onLine[0] : undefined;
  }
  const after = tokens.slice(at + 1).find(code);
  return after === undefined ? undefined : sites.find(({ start, end }) => start <= after.start && after.start < end);
}

function lineStarts(text: string): readonly number[] {
  const starts = [0];
  for (let at = text.indexOf('\n'); at !== -1; at = text.indexOf('\n', at + 1)) starts.push(at + 1);
  return starts;
}

function behindSemicolon(sql: string, end: number): number {
  return sql[end] === ';' ? end + 1 : end;
}
