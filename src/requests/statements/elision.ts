import { tokensOf } from '../../sql/lex.ts';

/** SQL in which lines of `...` are comments, and the commas around them do not keep it from being read. Lines stay what they are. */
export function withElisions(sql: string): string {
  const lines = sql.replace(/^([ \t]*)(\.{3}|…)/gm, '$1-- $2');
  return lines === sql && !isElided(sql) ? sql : withoutLooseCommas(lines);
}

/** Whether a statement says that it leaves something out: `-- ...`, `-- ... the other columns`. */
export function isElided(sql: string): boolean {
  return tokensOf(sql, { comments: true }).some(
    ({ kind, start, end }) => kind === 'comment' && /^(?:--|\/\*)\s*(?:\.{3}|…)/.test(sql.slice(start, end)),
  );
}

/** Without commas that separate something from nothing. */
export function withoutLooseCommas(sql: string): string {
  const tokens = tokensOf(sql);
  const symbol = (at: number) => (tokens[at]?.kind === 'symbol' ? sql[tokens[at].start] : undefined);
  const loose = tokens.filter((_, at) => symbol(at) === ',' && (symbol(at + 1) === ')' || symbol(at - 1) === '('));
  const parts = [0, ...loose.map(({ end }) => end)].map((from, at) => sql.slice(from, loose[at]?.start));
  return parts.join(' ');
}
