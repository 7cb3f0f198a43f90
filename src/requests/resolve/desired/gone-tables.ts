import { noAnswers } from '../../../planner/schemas/answers.ts';
import { renamesBetween } from '../../../planner/schemas/renames.ts';
import { applyAll } from '../../../sql/apply/index.ts';
import { emptyCatalog, type Table, tableOf } from '../../../sql/catalog.ts';
import type { Statement } from '../../../sql/change.ts';
import { display, keyOf } from '../../../sql/name.ts';
import { oneOf } from '../choices.ts';
import { consider } from '../consider.ts';
import { type Desk, nowhere } from '../desk.ts';

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
    const choices = [...similar.map((to) => `Renamed to \`${to}\``), 'It goes with its rows'];
    const at =
      question === undefined
        ? choices.length - 1
        : desk.ask({ id: `renamed:${display(name)}`, to: 'asker', text: question.text, choices }, oneOf(choices));
    const [to, ...others] = at === undefined ? similar : similar.slice(at, at + 1);
    const keys = (to === undefined ? [] : [to, ...others]).map((other) => keyOf({ ...name, name: other }));
    if (at === undefined) {
      desk.await(`\`${display(name)}\` is taken away (whether it has another name is still to be answered).`);
      for (const key of keys) held.add(key);
    } else if (to === undefined) {
      consider(desk, { kind: 'drop-table', table: name, ifExists: false, cascade: false, span: nowhere });
    } else {
      renames.set(keyOf(name), to);
      consider(desk, { kind: 'rename-table', table: name, to, span: nowhere });
      if (tableOf(desk.catalog(), { ...name, name: to }) === undefined) held.add(keyOf({ ...name, name: to }));
    }
  }
  return held;
}
