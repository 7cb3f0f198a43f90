import type { Setting } from '../grammar/clause.ts';
import { columnsOf } from '../grammar/columns.ts';
import { isVerb, withoutFillers } from '../grammar/vocabulary.ts';
import type { ColumnWish, Wish } from '../grammar/wish.ts';
import { snakeCase } from '../names/normal.ts';
import type { Block } from '../text/markdown.ts';
import { wordsOf } from '../text/words.ts';
import { after } from './context.ts';
import { type Reading, readText } from './read.ts';

type Entry = Extract<Block, { kind: 'item' | 'row' }>;

/** Reads a list or a table together with the paragraph before it: "Create a table coupons with:" gives the entries their sense. */
export function readList(lead: string, entries: readonly Entry[], from: Setting): Reading {
  const texts = [...entriesOf(entries)];
  const opening = withoutPointers(lead.trim().replace(/:$/, ''));
  const read = readText(opening, from);
  const last = read.wishes.at(-1);
  if (last?.kind === 'create-table') return tableOf(read, last, texts);
  const keyed = keyedColumn(texts, read.setting);
  if (keyed !== undefined)
    return {
      ...read,
      wishes: [...read.wishes.filter((wish) => !isOpen(wish)), keyed],
      setting: after(read.setting, keyed),
    };

  // A lead that a colon ends says what each entry lacks; it is no wish of its own where an entry completes it.
  const leads = lead.trim().endsWith(':');
  const wishes: Wish[] = [];
  const notUnderstood: string[] = [];
  let setting = read.setting;
  let completed = false;
  for (const text of texts) {
    const own = readText(text, setting);
    const startsAnew = isVerb(withoutFillers(wordsOf(text))[0]);
    const joined =
      leads && (!startsAnew || own.wishes.length === 0)
        ? readText(`${lastSentence(opening)} ${text}`, from)
        : undefined;
    const best = joined !== undefined && joined.wishes.length > 0 ? joined : own;
    completed ||= best === joined;
    wishes.push(...best.wishes);
    notUnderstood.push(...(best.wishes.length > 0 ? best.notUnderstood : own.notUnderstood));
    setting = best.wishes.reduce(after, setting);
  }
  const opened = completed ? read.wishes.filter((wish) => !isOpen(wish)) : read.wishes;
  const unread = leads && wishes.length > 0 ? [] : read.notUnderstood;
  return { wishes: [...opened, ...wishes], notUnderstood: [...unread, ...notUnderstood], setting };
}

function tableOf(read: Reading, wish: Extract<Wish, { kind: 'create-table' }>, texts: readonly string[]): Reading {
  const setting = wish.table === undefined ? read.setting : { ...read.setting, table: wish.table, columns: [] };
  const columns: ColumnWish[] = [...wish.columns];
  const later: Wish[] = [];
  const notUnderstood = [...read.notUnderstood];
  for (const text of texts) {
    const words = withoutFillers(wordsOf(text));
    if (isVerb(words[0]) && words.length > 2) {
      const own = readText(text, setting);
      later.push(...own.wishes);
      notUnderstood.push(...own.notUnderstood);
    } else
      columns.push(
        ...columnsOf(words, setting, text, 'definition')
          .filter(({ name }) => name !== undefined)
          .slice(0, 1),
      );
  }
  return { wishes: [...read.wishes.slice(0, -1), { ...wish, columns }, ...later], notUnderstood, setting };
}

/** Only the last sentence of the lead is what the colon belongs to. */
function lastSentence(lead: string): string {
  return lead.slice(Math.max(lead.lastIndexOf('. '), lead.lastIndexOf('\n')) + 1).trim();
}

/** "the following columns" are columns; the words only point at the list. */
function withoutPointers(lead: string): string {
  return lead.replace(/\b(?:the following|following|as follows|below)\b/gi, ' ');
}

/** Whether the wish names nothing that it is about. */
function isOpen(wish: Wish): boolean {
  if (wish.kind === 'add-column') return wish.column.name === undefined;
  return (wish.kind === 'index' || wish.kind === 'unique') && wish.columns.length === 0;
}

/** The rows of a table as sentences of a list: "`name` type, remarks". */
function* entriesOf(entries: readonly Entry[]): Generator<string> {
  let head: readonly string[] = [];
  for (const entry of entries) {
    if (entry.kind === 'item') yield entry.text;
    else if (entry.header) head = entry.cells.map((cell) => cell.toLowerCase());
    else yield rowText(entry.cells, head);
  }
}

function rowText(cells: readonly string[], head: readonly string[]): string {
  return cells
    .map((cell, at) => {
      const title = head[at] ?? '';
      if (cell.trim() === '' || cell.trim() === '-') return '';
      if (/null|optional/.test(title) && !/not/.test(title))
        return /^(?:y|yes|true|x|✓)/i.test(cell) ? ', optional' : ', required';
      if (/required|mandatory|not null/.test(title))
        return /^(?:y|yes|true|x|✓)/i.test(cell) ? ', required' : ', optional';
      if (/unique/.test(title)) return /^(?:y|yes|true|x|✓)/i.test(cell) ? ', unique' : '';
      if (/default/.test(title)) return `, default ${cell}`;
      if (/name|column|field/.test(title)) return `\`${snakeCase(cell)}\``;
      return /type/.test(title) ? ` ${cell}` : '';
    })
    .join('');
}

const keys: ReadonlyMap<string, (value: string) => string> = new Map(
  Object.entries<(value: string) => string>({
    type: (value) => `type ${value}`,
    'data type': (value) => `type ${value}`,
    default: (value) => (/^none$/i.test(value) ? '' : `default ${value}`),
    'default value': (value) => (/^none$/i.test(value) ? '' : `default ${value}`),
    nullable: (value) => (/^(?:y|true)/i.test(value) ? 'optional' : 'required'),
    'not null': (value) => (/^(?:y|true)/i.test(value) ? 'required' : 'optional'),
    required: (value) => (/^(?:y|true)/i.test(value) ? 'required' : 'optional'),
    unique: (value) => (/^(?:y|true)/i.test(value) ? 'unique' : ''),
  }),
);

/** "Table: orders", "Column: discount", "Type: numeric(10,2)" as one new column. */
function keyedColumn(texts: readonly string[], setting: Setting): Wish | undefined {
  const pairs = new Map(
    texts.flatMap((text) => {
      const colon = text.indexOf(':');
      return colon < 1 || colon > 20
        ? []
        : [[text.slice(0, colon).trim().toLowerCase().replace(/[*`]/g, ''), text.slice(colon + 1).trim()] as const];
    }),
  );
  const name = pairs.get('column') ?? pairs.get('new column') ?? pairs.get('column name');
  if (name === undefined || pairs.size < 2) return undefined;
  const said = [...pairs].map(([key, value]) => keys.get(key)?.(value) ?? '').filter((part) => part !== '');
  const text = `${name}, ${said.join(', ')}`;
  const [column] = columnsOf(withoutFillers(wordsOf(text)), setting, text, 'definition');
  const table = pairs.get('table')?.replaceAll('`', '') ?? setting.table;
  return column === undefined ? undefined : { kind: 'add-column', column, ...(table === undefined ? {} : { table }) };
}
