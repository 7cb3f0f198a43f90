import { stringify } from 'smol-toml';

/** What may stand in the head of a task file that we write. */
export type HeadValue = string | readonly string[];

/**
 * Sets top-level keys of a valid TOML text and leaves every other byte as it is: comments, order, tables, spacing. A key
 * that is absent is added behind the last one, before any table.
 */
export function setTopLevel(toml: string, values: Readonly<Record<string, HeadValue>>, eol: string): string {
  let text = toml;
  for (const [key, value] of Object.entries(values)) {
    const { assignments, end } = topLevel(text);
    const found = assignments.find((assignment) => assignment.key === key);
    if (found !== undefined) {
      text = text.slice(0, found.from) + valueText(value) + text.slice(found.to);
    } else {
      const before = text.slice(0, end);
      const gap = before === '' || before.endsWith('\n') ? '' : eol;
      text = `${before}${gap}${key} = ${valueText(value)}${eol}${text.slice(end)}`;
    }
  }
  return text;
}

/** One line of TOML for a value. */
export function valueText(value: HeadValue): string {
  return stringify({ v: value }).trim().slice('v = '.length);
}

interface Assignment {
  readonly key: string;
  /** Where the value begins and ends. */
  readonly from: number;
  readonly to: number;
}

/** The assignments before the first table of a valid TOML text, and where that part ends. */
function topLevel(toml: string): { readonly assignments: readonly Assignment[]; readonly end: number } {
  const assignments: Assignment[] = [];
  // Behind the last assignment's line, so that blank lines and comments before a table stay with the table.
  let end = 0;
  let at = 0;
  while (at < toml.length) {
    const [skipped] = /^(?:\s+|#[^\n]*)*/.exec(toml.slice(at)) ?? [''];
    at += skipped.length;
    if (at >= toml.length || toml[at] === '[') break;
    const equals = endOfValue(toml, at, '=');
    const from = equals + 1 + (/^[ \t]*/.exec(toml.slice(equals + 1))?.[0].length ?? 0);
    const stop = endOfValue(toml, from, '\n#');
    const to = from + toml.slice(from, stop).trimEnd().length;
    assignments.push({
      key: toml
        .slice(at, equals)
        .trim()
        .replace(/^(["'])(.*)\1$/, '$2'),
      from,
      to,
    });
    const newline = toml.indexOf('\n', stop);
    at = newline === -1 ? toml.length : newline + 1;
    end = at;
  }
  return { assignments, end };
}

const strings = [/^"""(?:\\[\s\S]|[^\\])*?"{3,5}/, /^'''[\s\S]*?'{3,5}/, /^"(?:\\.|[^"\\\n])*"/, /^'[^'\n]*'/];

/** The first of `stops` at or behind `from` that is not in a string, an array or an inline table; the text's end otherwise. */
function endOfValue(toml: string, from: number, stops: string): number {
  let depth = 0;
  for (let at = from; at < toml.length; at += 1) {
    const sign = toml[at] ?? '';
    if (depth === 0 && stops.includes(sign)) return at;
    if (sign === '"' || sign === "'") {
      const rest = toml.slice(at);
      const found = strings.map((string) => string.exec(rest)?.[0]).find((string) => string !== undefined);
      at += (found?.length ?? 1) - 1;
    } else if (sign === '[' || sign === '{') depth += 1;
    else if (sign === ']' || sign === '}') depth -= 1;
    else if (sign === '#') at = (toml.indexOf('\n', at) + 1 || toml.length + 1) - 2;
  }
  return toml.length;
}
