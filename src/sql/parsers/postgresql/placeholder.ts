import { nextToken } from '../../lex.ts';

/** Bounded, so that a text of nothing but openings does not cost square time. */
const opening = /\{\{.{0,200}?\}\}|\{%.{0,200}?%\}|\$\{[^}\n]{0,200}\}|<%.{0,200}?%>/y;

/** The first template placeholder that stands outside quotes and comments: `{{ }}`, `{% %}`, `${ }`, `<% %>`. */
export function placeholderIn(sql: string): { readonly text: string; readonly start: number } | undefined {
  for (let token = nextToken(sql, 0); token !== undefined; token = nextToken(sql, token.end)) {
    if (token.kind !== 'symbol') continue;
    opening.lastIndex = token.start;
    const text = opening.exec(sql)?.[0];
    if (text !== undefined) return { text, start: token.start };
  }
  return undefined;
}
