import { nextToken } from '../lex.ts';

/** The text with every line emptied that `keep` refuses, so that the others stay on their lines. */
export function onlyLines(text: string, keep: (line: string, index: number) => boolean): string {
  return text
    .split('\n')
    .map((line, index) => (keep(line, index) ? line : ''))
    .join('\n');
}

/** Whether a text holds more than one statement, as a semicolon outside quotes and comments separates them. */
export function hasSeveralStatements(sql: string): boolean {
  let ended = false;
  for (let token = nextToken(sql, 0); token !== undefined; token = nextToken(sql, token.end)) {
    if (token.kind === 'comment') continue;
    const terminator = token.kind === 'symbol' && sql[token.start] === ';';
    if (ended && !terminator) return true;
    if (terminator) ended = true;
  }
  return false;
}

/** Both directions of a migration whose files are sent to the server as they are, each in one message. */
export function sentWhole({ up, down }: { readonly up: string; readonly down?: string }) {
  const transaction = hasSeveralStatements(up);
  return down === undefined
    ? { sql: up, transaction }
    : { sql: up, transaction, down, downTransaction: hasSeveralStatements(down) };
}
