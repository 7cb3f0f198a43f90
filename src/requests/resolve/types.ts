import type { Table } from '../../sql/catalog.ts';
import { display, type ObjectName } from '../../sql/name.ts';
import type { ColumnWish } from '../grammar/wish.ts';
import { findTable } from '../names/lookup.ts';
import { guessType } from '../types/guess.ts';
import { readWrittenType } from '../types/read.ts';
import { wordedType } from '../types/words.ts';
import { chosen, type Refused } from './choices.ts';
import type { Desk } from './desk.ts';
import { idOf } from './names.ts';

/** A type that may stand in SQL, with what was assumed to find it. */
export interface ChosenType {
  readonly sql: string;
  readonly assumed?: string;
}

/** The type of a column that the request describes; what the words and the name leave open is asked about. */
export function typeFor(
  desk: Desk,
  table: ObjectName,
  column: ColumnWish & { readonly name: string },
): ChosenType | undefined {
  const { type, otherType, name } = column;
  if (type !== undefined && otherType !== undefined && differ(desk, type, otherType)) {
    return askType(
      desk,
      table,
      name,
      `The request gives \`${name}\` two types, ${type} and ${otherType}. Which one is meant?`,
      [type, otherType],
      'types-differ',
    );
  }
  if (type !== undefined) return writtenType(desk, table, name, type);
  const target = targetType(desk, column);
  if (target !== undefined) return target;
  if (/^(?:true|false|yes|no)$/i.test(column.default?.kind === 'word' ? column.default.text : '')) {
    return { sql: readAs(desk, 'flag'), assumed: 'the type follows from the default' };
  }
  if (column.default?.kind === 'text' || /'/.test(column.check ?? '')) {
    return { sql: readAs(desk, 'string'), assumed: 'the type follows from its values' };
  }
  const guess = guessType(name, desk.engine);
  const [first] = guess.types;
  if (guess.sure && first !== undefined) return { sql: first, assumed: `${first}, because its name says so` };
  return askType(desk, table, name, `Which type is \`${display(table)}.${name}\` to have?`, guess.types);
}

/** The type that somebody wrote, or a question when it is none or may be several. */
export function writtenType(desk: Desk, table: ObjectName, column: string, written: string): ChosenType | undefined {
  const read = readWrittenType(written, desk.engine, desk.catalog());
  if (read.kind === 'type')
    return read.assumed ? { sql: read.sql, assumed: `${read.sql} for “${written}”` } : { sql: read.sql };
  const name = `\`${display(table)}.${column}\``;
  if (read.kind === 'several')
    return askType(desk, table, column, `“${written}” may be several types. Which one is ${name} to have?`, read.types);
  return askType(
    desk,
    table,
    column,
    `There is no type \`${written.slice(0, 60)}\`. Which type is ${name} to have?`,
    read.didYouMean,
    'type',
    read.didYouMean,
  );
}

function askType(
  desk: Desk,
  table: ObjectName,
  column: string,
  text: string,
  choices: readonly string[],
  kind = 'type',
  didYouMean: readonly string[] = [],
): ChosenType | undefined {
  return desk.ask(
    { id: `${kind}:${display(table)}.${idOf(column)}`, to: 'asker', text, choices, didYouMean },
    (answer): ChosenType | Refused => {
      const at = chosen(answer, choices);
      const written = (at === undefined ? answer : (choices[at] as string)).trim().replace(/^`|[`.]+$/g, '');
      const read = readWrittenType(written, desk.engine, desk.catalog());
      if (read.kind === 'type') return { sql: read.sql };
      if (read.kind === 'several') return { refused: `“${written}” may be ${read.types.join(', ')}` };
      const near = read.didYouMean.length > 0 ? `; ${read.didYouMean.join(', ')} would be` : '';
      return { refused: `\`${written.slice(0, 60)}\` is no type that ${desk.engine} knows${near}` };
    },
  );
}

function differ(desk: Desk, a: string, b: string): boolean {
  const [one, two] = [a, b].map((written) => readWrittenType(written, desk.engine, desk.catalog()));
  if (one?.kind === 'type' && two?.kind === 'type') return one.type !== two.type;
  return a.toLowerCase() !== b.toLowerCase();
}

/** A column that references a table, or is called after one, has the type of its key. */
function targetType(desk: Desk, { name, references }: ColumnWish & { readonly name: string }): ChosenType | undefined {
  const wanted = references?.table ?? (/_id$/i.test(name) ? name.slice(0, -3) : undefined);
  if (wanted === undefined) return undefined;
  const found = findTable(desk.catalog(), wanted);
  if (found.kind !== 'found') return undefined;
  const key = references?.column ?? keyColumn(found.thing);
  const type = found.thing.columns.find((column) => column.name === key)?.type;
  return type === undefined
    ? undefined
    : { sql: type, assumed: `${type}, like \`${display(found.thing.name)}.${key}\`` };
}

/** The one column of the table's primary key. */
export function keyColumn(table: Table): string | undefined {
  const key = table.constraints.find(({ kind }) => kind === 'primary-key');
  const columns = key?.kind === 'primary-key' ? key.columns : [];
  return columns.length === 1 ? columns[0] : undefined;
}

function readAs(desk: Desk, words: string): string {
  return wordedType(words, desk.engine)?.types[0] ?? words;
}
