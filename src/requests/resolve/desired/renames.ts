import { type Answers, noAnswers } from '../../../planner/schemas/answers.ts';
import { renamesBetween } from '../../../planner/schemas/renames.ts';
import { emptyCatalog, type Table } from '../../../sql/catalog.ts';
import { display, keyOf } from '../../../sql/name.ts';
import type { DesiredTable } from '../../statements/desired.ts';
import { type Desk, nowhere } from '../desk.ts';
import { becameChoices, readBecame } from './became.ts';

export interface Renames {
  readonly renamed: readonly { readonly column: string; readonly to: string }[];
  /** Columns that the text leaves out and that have no other name in it. */
  readonly gone: readonly string[];
  readonly open: {
    /** Columns that are to stay in spite of the text, or may be. */
    readonly kept: ReadonlySet<string>;
    /** New columns of which it is not known whether they are old ones. */
    readonly fresh: ReadonlySet<string>;
  };
}

/** Which columns have another name in the text. One that is gone while a similar one is new is asked about, never guessed. */
export function clearRenames(desk: Desk, { shown, after }: DesiredTable): Renames {
  const key = keyOf(after.name);
  const renames = new Map<string, string>();
  const drops = new Set<string>();
  const kept = new Set<string>();
  const fresh = new Set<string>();
  const left = shown.columns.filter(({ name }) => !after.columns.some((column) => column.name === name));
  for (const { name: column } of left) {
    const answers: Answers = { ...noAnswers, renames, drops };
    const question = renamesBetween(catalogOf(desk, shown), catalogOf(desk, after), answers).questions.find(
      ({ id }) => id === `rename ${key}.${column}`,
    );
    if (question === undefined) continue;
    const similar = question.choices
      .filter((choice) => choice.startsWith('rename '))
      .map((choice) => choice.slice(choice.lastIndexOf('=') + 1));
    const choices = becameChoices(similar, 'It goes with its values', 'It stays');
    const id = `renamed:${display(after.name)}.${column}`;
    const answer = desk.ask(
      { id, to: 'asker', text: asInTheText(question.text, similar), choices },
      readBecame(similar, choices),
    );
    if (typeof answer === 'object') renames.set(`${key}.${column}`, answer.to);
    else drops.add(`${key}.${column}`);
    if (answer === undefined) {
      desk.await(
        `\`${column}\` is not in the \`${display(after.name)}\` of the text (what becomes of it is still to be answered).`,
      );
      for (const name of similar) fresh.add(name);
    }
    if (answer === undefined || answer === 'stays') kept.add(column);
  }
  for (const name of fresh) withhold(desk, after, name);
  const renamed = [...renames].map(([from, to]) => ({ column: from.slice(key.length + 1), to }));
  const gone = left.filter(({ name }) => !renames.has(`${key}.${name}`)).map(({ name }) => name);
  return { renamed, gone, open: { kept, fresh } };
}

/** What stands on a column that may be an old one can be named, and is no goal before that is known. */
function withhold(desk: Desk, { name: table, columns }: Table, name: string): void {
  const column = columns.find((each) => each.name === name);
  if (column === undefined) return;
  desk.await(`\`${display(table)}.${name}\` is new, or another column by this name.`, {
    kind: 'add-column',
    table,
    column,
    ifNotExists: false,
    span: nowhere,
  });
}

/** The question as a reader of the issue understands it, with the names marked as such. */
function asInTheText(question: string, names: readonly string[]): string {
  const marked = names.reduce((text, name) => text.replace(` ${name} (`, () => ` \`${name}\` (`), question);
  return marked.replace(/^Column (.+?) is gone, and /, 'The text leaves out the column `$1`, and ');
}

function catalogOf({ engine }: Desk, table: Table) {
  return { ...emptyCatalog(engine), tables: new Map([[keyOf(table.name), table]]) };
}
