import { noAnswers } from '../../../planner/schemas/answers.ts';
import { renamesBetween } from '../../../planner/schemas/renames.ts';
import { applyAll } from '../../../sql/apply/index.ts';
import { emptyCatalog, type Table } from '../../../sql/catalog.ts';
import type { Statement } from '../../../sql/change.ts';
import { display, keyOf } from '../../../sql/name.ts';
import { consider } from '../consider.ts';
import { type Desk, nowhere } from '../desk.ts';
import { becameChoices, readBecame } from './became.ts';

/**
 * The tables that a diff takes away go, or have another name in it, which is asked. Yields the new tables, by their keys, that are
 * not to be made: they may be old ones.
 */
export function takeAway(desk: Desk, gone: readonly Table[], statements: readonly Statement[]): ReadonlySet<string> {
  const held = new Set<string>();
  const renames = new Map<string, string>();
  const created = statements.flatMap(({ changes }) => changes.filter(({ kind }) => kind === 'create-table'));
  const empty = emptyCatalog(desk.engine);
  const desired = applyAll(empty, created).catalog;
  for (const table of gone) {
    const { name } = table;
    const current = { ...empty, tables: new Map([[keyOf(name), table]]) };
    const [question] = renamesBetween(current, desired, { ...noAnswers, renames }).questions;
    const similar = (question?.choices ?? []).slice(0, -1).map((choice) => choice.slice(choice.lastIndexOf('=') + 1));
    const choices = becameChoices(similar, 'It goes with its rows');
    const id = `renamed:${display(name)}`;
    const became =
      question === undefined
        ? 'goes'
        : desk.ask({ id, to: 'asker', text: question.text, choices }, readBecame(similar, choices));
    const keyed = (other: string) => keyOf({ ...name, name: other });
    if (became === undefined) {
      desk.await(`\`${display(name)}\` is taken away (whether it has another name is still to be answered).`);
      for (const other of similar) held.add(keyed(other));
    } else if (typeof became !== 'object') {
      consider(desk, { kind: 'drop-table', table: name, ifExists: false, cascade: false, span: nowhere });
    } else {
      const { to } = became;
      renames.set(keyOf(name), to);
      consider(desk, { kind: 'rename-table', table: name, to, span: nowhere });
      if (!desk.catalog().tables.has(keyed(to))) held.add(keyed(to));
    }
  }
  return held;
}
