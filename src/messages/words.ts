import { escapeInline } from './escape.ts';

/** A mention that notifies: only for logins and teams of the configuration or of GitHub itself, never for free text. */
export function mention(login: string): string {
  return /^[\w-]+(?:\/[\w.-]+)?(?:\[bot\])?$/.test(login) ? `@${login}` : escapeInline(login);
}

/** `@a, @b and @c`; the fallback where nobody is known. */
export function mentions(logins: readonly string[], nobody: string): string {
  return logins.length === 0 ? nobody : inWords(logins.map(mention));
}

/** `a, b and c`. */
export function inWords(words: readonly string[]): string {
  return words.length < 2 ? (words[0] ?? '') : `${words.slice(0, -1).join(', ')} and ${words.at(-1)}`;
}

/** `1 step`, `2 steps`. */
export function counted(number: number, noun: string): string {
  return `${number} ${noun}${number === 1 ? '' : 's'}`;
}

/** Lines of a Markdown list; nothing for no items. */
export function bullets(items: readonly string[]): string {
  return items.map((item) => `- ${item}`).join('\n');
}

/** A table; cells are Markdown already. */
export function table(head: readonly string[], rows: readonly (readonly string[])[]): string {
  return [head, head.map(() => '---'), ...rows].map((cells) => `| ${cells.join(' | ')} |`).join('\n');
}

/** Paragraphs with one blank line between them; empty ones are left out. */
export function paragraphs(...parts: readonly (string | false | undefined)[]): string {
  return parts.filter((part) => part !== undefined && part !== false && part !== '').join('\n\n');
}

/** What unfolds when a reader wants it. */
export function details(summary: string, body: string): string {
  return `<details><summary>${summary}</summary>\n\n${body}\n\n</details>`;
}
