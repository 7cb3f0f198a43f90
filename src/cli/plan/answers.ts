import { isOneExpression } from '../../planner/expression.ts';
import type { GivenAnswer } from '../../planner/schemas/given.ts';
import { UsageError } from '../usage.ts';

/** The options that answer a question, with the form of what they are given. */
export const answerForms = {
  rename: 'OLD=NEW, such as orders.note=remark',
  move: 'TABLE.COLUMN=TABLE.COLUMN, such as users.bio=profiles.bio',
  drop: 'NAME, such as orders.note',
  fill: "TABLE.COLUMN=EXPRESSION, such as orders.note='none'",
  convert: 'TABLE.COLUMN=EXPRESSION, such as orders.total=total::numeric',
} as const;

type Kind = GivenAnswer['kind'];

/** What `--rename OLD=NEW` and its like say. `option`: as the person who gave it knows it. */
export function readAnswers(kind: Kind, texts: readonly string[] = [], option = `--${kind}`): readonly GivenAnswer[] {
  return texts.map((text) => {
    const at = text.indexOf('=');
    const place = `${option} ${text}`;
    if (kind === 'drop') return answerOf(kind, text, '', place);
    if (at === -1) throw new UsageError(`${place}: there is no = in it`, `Use ${answerForms[kind]}`);
    return answerOf(kind, text.slice(0, at), text.slice(at + 1), place);
  });
}

/** An answer of which the parts are given apart. Throws {@link UsageError} where one cannot be what it is for. */
export function answerOf(kind: Kind, name: string, value: string, place: string): GivenAnswer {
  const plain = nameOf(name);
  const remedy = `Use ${answerForms[kind]}`;
  if (plain === undefined) throw new UsageError(`${place}: "${name}" is no name`, remedy);
  const parts = plain.split('.').length;
  if ((kind === 'fill' || kind === 'convert' || kind === 'move') && parts < 2)
    throw new UsageError(`${place}: "${name}" names no column`, remedy);
  if (kind === 'drop') return { kind, name: plain, value: '', place };
  if (kind !== 'rename' && kind !== 'move') {
    if (!isOneExpression(value)) throw new UsageError(`${place}: "${value}" is not one SQL expression`, remedy);
    return { kind, name: plain, value: value.trim(), place };
  }
  const to = nameOf(value);
  if (to === undefined) throw new UsageError(`${place}: "${value}" is no name`, remedy);
  if (kind === 'move' && !to.includes('.')) throw new UsageError(`${place}: "${value}" names no column`, remedy);
  return { kind, name: plain, value: to, place };
}

/** `--rows orders=40000000`: how many rows there are, by the name of the table as it was given. */
export function readRows(texts: readonly string[] = [], option = '--rows'): ReadonlyMap<string, number> {
  return new Map(
    texts.map((text) => {
      const at = text.lastIndexOf('=');
      return rowsOf(text.slice(0, Math.max(at, 0)), text.slice(at + 1).replaceAll('_', ''), `${option} ${text}`);
    }),
  );
}

export function rowsOf(table: string, rows: string | number, place: string): readonly [string, number] {
  const name = nameOf(table);
  const number = /^\d+$/.test(String(rows)) ? Number(rows) : Number.NaN;
  if (name === undefined || !Number.isSafeInteger(number))
    throw new UsageError(
      `${place}: ${name === undefined ? `"${table}" is no name` : `"${rows}" is no number`}`,
      'Use TABLE=N, such as orders=40000000',
    );
  return [name, number];
}

/** As it is written, or in the quotes of SQL. */
function nameOf(text: string): string | undefined {
  const parts = text
    .trim()
    .split('.')
    .map((part) => part.replace(/^"(.+)"$/, '$1').replaceAll('""', '"'));
  return parts.length > 3 || parts.some((part) => part.trim() !== part || part === '') ? undefined : parts.join('.');
}
