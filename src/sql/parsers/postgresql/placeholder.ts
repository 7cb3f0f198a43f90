import { nextToken } from '../../lex.ts';

/** A place of a text that a template engine or psql fills in. */
export interface Placeholder {
  readonly text: string;
  readonly start: number;
  readonly end: number;
}

/** Bounded, so that a text of nothing but openings does not cost square time. */
const templates = /\{\{.{0,400}?\}\}|\{%.{0,400}?%\}|<%.{0,400}?%>|[$#]\{[^}\n]{0,200}\}|\$\([\w.]{1,60}\)/sy;
/** These have another meaning where SQL can be read: a slice of an array, a modulo. */
const variables = /:'\w{1,60}'|:"\w{1,60}"|:[A-Za-z_]\w{0,60}|%\(\w{1,60}\)[sd]|\{\w[\w.]{0,60}\}/y;

/** Where the text that begins here is a template's placeholder: the place behind it. For texts that cannot be read as they are. */
export function endOfTemplate(sql: string, start: number): number | undefined {
  templates.lastIndex = start;
  return templates.test(sql) ? templates.lastIndex : undefined;
}

/**
 * The placeholders that stand outside quotes and comments: `{{ }}`, `{% %}`, `<% %>`, `${ }`, `#{ }`, `$( )` of templates, and
 * `:name`, `:'name'`, `:"name"`, `%(name)s`, `{name}` of psql and of drivers.
 */
export function placeholdersIn(sql: string): readonly Placeholder[] {
  const found: Placeholder[] = [];
  let before = '';
  for (let token = nextToken(sql, 0); token !== undefined; ) {
    const end = token.kind === 'symbol' ? placeholderAt(sql, token.start, before) : undefined;
    if (end !== undefined) found.push({ text: sql.slice(token.start, end), start: token.start, end });
    before = token.kind === 'symbol' ? (sql[token.start] ?? '') : '';
    token = nextToken(sql, end ?? token.end);
  }
  return found;
}

function placeholderAt(sql: string, start: number, before: string): number | undefined {
  const end = endOfTemplate(sql, start);
  // `::type` is a cast.
  if (end !== undefined || (before === ':' && sql[start - 1] === ':')) return end;
  variables.lastIndex = start;
  return variables.test(sql) ? variables.lastIndex : undefined;
}
