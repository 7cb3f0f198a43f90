import { columnOf, tableOf } from '../../sql/catalog.ts';
import type { ChangeOf } from '../../sql/change.ts';
import { display } from '../../sql/name.ts';
import { quoteIdentifier, quoteName } from '../../sql/quote.ts';
import { chosen, type Refused } from './choices.ts';
import { settle } from './consider.ts';
import { describe } from './describe.ts';
import type { Desk } from './desk.ts';
import { changesOf } from './statement.ts';

type Removal = ChangeOf<'drop-column'> | ChangeOf<'drop-table'> | ChangeOf<'rename-column'> | ChangeOf<'rename-table'>;

/** Something that running code may rely on goes away: the backend lead says whether code still uses it. */
export function removeUse(desk: Desk, change: Removal): undefined {
  const table = display(change.table);
  const name = 'column' in change ? `${table}.${change.column}` : table;
  const taken = target(desk, change);
  if (taken !== undefined) return taken();
  if (change.kind === 'drop-column' || change.kind === 'drop-table') return drop(desk, change, name);

  const choices =
    change.kind === 'rename-column'
      ? [
          'No, nothing uses the old name',
          `Yes: add \`${change.to}\` beside it and keep both for now`,
          'Yes, but a short interruption is acceptable',
        ]
      : ['No, nothing uses the old name', 'Yes, but a short interruption is acceptable', 'Yes: do not rename it'];
  const answer = desk.ask(
    {
      id: `code:rename:${name}`,
      to: 'backend-lead',
      text: `\`${name}\` is to be renamed to \`${change.to}\`. Does running code still use the old name?`,
      choices,
    },
    yesOrNo(choices),
  );
  if (answer === undefined)
    return desk.await(`${describe(change)} (whether code uses the old name is still to be answered).`, change);
  if (change.kind === 'rename-column' && answer === 1) return addBeside(desk, change);
  if (change.kind === 'rename-table' && answer === 2)
    return desk.note(`\`${name}\` keeps its name, because running code uses it.`);
  settle(desk, change);
}

function drop(desk: Desk, change: ChangeOf<'drop-column'> | ChangeOf<'drop-table'>, name: string): undefined {
  const choices = ['No, nothing uses it', 'Yes: do not drop it yet'];
  const answer = desk.ask(
    {
      id: `code:drop:${name}`,
      to: 'backend-lead',
      text: `\`${name}\` is to be dropped, with its data. Does running code still use it?`,
      choices,
    },
    yesOrNo(choices),
  );
  if (answer === undefined) return desk.await(`${describe(change)} (whether code uses it is still to be answered).`);
  if (answer === 1) return desk.note(`\`${name}\` is not dropped in this request, because running code uses it.`);
  settle(desk, change);
}

/** What already stands where the change would lead. */
function target(desk: Desk, change: Removal): (() => undefined) | undefined {
  const table = tableOf(desk.catalog(), change.table);
  if (change.kind === 'drop-column') {
    return table !== undefined && !table.open && columnOf(table, change.column) === undefined
      ? () => desk.note(`\`${display(change.table)}.${change.column}\` does not exist.`)
      : undefined;
  }
  if (change.kind === 'rename-column' && table !== undefined && columnOf(table, change.to) !== undefined) {
    return taken(desk, change, `\`${display(change.table)}\` already has a column \`${change.to}\``);
  }
  if (change.kind === 'rename-table' && tableOf(desk.catalog(), { ...change.table, name: change.to }) !== undefined) {
    return taken(desk, change, `there already is a table \`${change.to}\``);
  }
  return undefined;
}

function taken(desk: Desk, change: ChangeOf<'rename-column'> | ChangeOf<'rename-table'>, why: string): () => undefined {
  return () => {
    const from = change.kind === 'rename-column' ? `${display(change.table)}.${change.column}` : display(change.table);
    const name = desk.ask(
      {
        id: `new-name:${from}`,
        to: 'asker',
        text: `\`${from}\` cannot be renamed to \`${change.to}\`: ${why}. What is the new name?`,
      },
      (answer): string | Refused => {
        const other = answer.trim().replace(/^`|`$/g, '');
        return /^[\p{L}_][\p{L}\p{N}_]{0,62}$/u.test(other) && other !== change.to
          ? other
          : { refused: 'it is no free name' };
      },
    );
    if (name === undefined) return desk.await(`${describe(change)} (the name is taken).`);
    removeUse(desk, { ...change, to: name });
  };
}

function addBeside(desk: Desk, change: ChangeOf<'rename-column'>): undefined {
  const table = tableOf(desk.catalog(), change.table);
  const column = table === undefined ? undefined : columnOf(table, change.column);
  if (column === undefined) return settle(desk, change);
  const sql = `ALTER TABLE ${quoteName(change.table, desk.engine)} ADD COLUMN ${quoteIdentifier(change.to, desk.engine)} ${column.type}`;
  for (const added of changesOf(sql, desk.engine))
    settle(desk, added, { assumed: `\`${change.column}\` stays until no code uses it` });
  desk.decide(
    { kind: 'backfill', table: change.table, column: change.to, value: quoteIdentifier(change.column, desk.engine) },
    `Copy \`${change.column}\` to \`${change.to}\` in the rows that \`${display(change.table)}\` already has.`,
  );
}

function yesOrNo(choices: readonly string[]): (answer: string) => number | Refused {
  return (answer) => {
    const at = chosen(answer, choices);
    if (at !== undefined) return at;
    if (/^(?:no|nope|nothing|none|unused|not)\b/i.test(answer.trim())) return 0;
    const yes = choices.flatMap((choice, index) => (/^yes/i.test(choice) ? [index] : []));
    const [only, other] = yes;
    if (/^(?:yes|yep|still)\b/i.test(answer.trim()) && only !== undefined && other === undefined) return only;
    return { refused: `it is none of ${choices.map((choice) => `“${choice}”`).join(', ')}` };
  };
}
