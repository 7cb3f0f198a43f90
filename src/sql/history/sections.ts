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

/** A text's lines in the section that a directive above them opens; directives themselves, `aside` ones as well, are of none. */
export function sectionsOf(
  text: string,
  directive: (line: string) => 'up' | 'down' | 'aside' | undefined,
): { readonly sql: string; readonly down?: string } {
  const sections: ('up' | 'down' | undefined)[] = [];
  let section: 'up' | 'down' | undefined;
  for (const line of text.split('\n')) {
    const found = directive(line);
    if (found === 'up' || found === 'down') section = found;
    sections.push(found === undefined ? section : undefined);
  }
  const sql = onlyLines(text, (_, index) => sections[index] === 'up');
  if (!sections.includes('down')) return { sql };
  return { sql, down: onlyLines(text, (_, index) => sections[index] === 'down') };
}

/** Both directions of a migration whose files are sent to the server as they are, each in one message. */
export function sentWhole({ up, down }: { readonly up: string; readonly down?: string }) {
  const forth = { sql: up, transaction: hasSeveralStatements(up), inOneMessage: true };
  return down === undefined ? forth : { ...forth, down, downTransaction: hasSeveralStatements(down) };
}
