import { type Table, tableOf } from '../../sql/catalog.ts';
import type { Change, ChangeOf, Column } from '../../sql/change.ts';
import { display } from '../../sql/name.ts';
import { similarTo } from '../names/similar.ts';
import { chosen, oneOf, type Refused } from './choices.ts';
import { consider, type Hints, settle } from './consider.ts';
import type { Desk } from './desk.ts';

/** A table that is new is created; one that exists is brought to the desired columns and constraints. */
export function createTable(desk: Desk, proposed: ChangeOf<'create-table'>, hints: Hints): undefined {
  const change = inSchema(desk, proposed);
  if (change === undefined)
    return desk.await(`Create the table \`${display(proposed.table)}\` (its schema is still to be answered).`);
  const existing = tableOf(desk.catalog(), change.table);
  if (existing === undefined) return settle(desk, change, hints);
  desk.touch(existing.name);
  if (change.ifNotExists)
    return desk.note(`The table \`${display(change.table)}\` exists already and is left as it is.`);
  const { span } = change;
  const gone = existing.columns.filter(({ name }) => !change.columns.some((column) => column.name === name));
  const fresh = change.columns.filter(({ name }) => !existing.columns.some((column) => column.name === name));
  const renamed = leftOut(desk, existing, gone, fresh, span);

  for (const column of change.columns) {
    const present = existing.columns.find(({ name }) => name === column.name);
    if (present === undefined) {
      if (!renamed.has(column.name))
        consider(desk, { kind: 'add-column', table: existing.name, column, ifNotExists: false, span });
    } else for (const difference of differences(existing, present, column, span)) consider(desk, difference);
  }
  for (const constraint of change.constraints) {
    const known = existing.constraints.some((each) => JSON.stringify(bare(each)) === JSON.stringify(bare(constraint)));
    if (!known) consider(desk, { kind: 'add-constraint', table: existing.name, constraint, span });
  }
  if (desk.findings().paraphrase.length === 0)
    desk.note(`\`${display(existing.name)}\` is as the text has it already.`);
}

/** The change in a schema that exists, or is to be created with it. */
function inSchema(desk: Desk, change: ChangeOf<'create-table'>): ChangeOf<'create-table'> | undefined {
  const { schema } = change.table;
  const known = [...desk.catalog().schemas];
  if (schema === undefined || known.includes(schema) || change.temporary) return change;
  const choices = [...known.slice(0, 8), `Create the schema ${schema}`];
  const answer = desk.ask(
    {
      id: `schema:${schema}`,
      to: 'asker',
      text: `There is no schema \`${schema}\`. Where is the table \`${change.table.name}\` to be?`,
      choices,
      didYouMean: similarTo(schema, known),
    },
    oneOf(choices),
  );
  if (answer === undefined) return undefined;
  const other = answer < choices.length - 1 ? known[answer] : undefined;
  if (other !== undefined) return { ...change, table: { schema: other, name: change.table.name } };
  settle(desk, { kind: 'create-schema', schema, ifNotExists: false, span: change.span });
  return change;
}

/** Columns that the desired state leaves out are asked about: dropped, renamed, or only forgotten. */
function leftOut(
  desk: Desk,
  table: Table,
  gone: readonly Column[],
  fresh: readonly Column[],
  span: Change['span'],
): ReadonlySet<string> {
  const renamed = new Set<string>();
  for (const column of gone) {
    const successors = fresh.filter(({ name, type }) => !renamed.has(name) && type === column.type).slice(0, 3);
    const choices = ['Keep it', 'Drop it', ...successors.map(({ name }) => `Rename it to \`${name}\``)];
    const answer = desk.ask(
      {
        id: `left-out:${display(table.name)}.${column.name}`,
        to: 'asker',
        text: `The desired \`${display(table.name)}\` leaves out the column \`${column.name}\`. What is meant?`,
        choices,
      },
      (text): number | Refused => chosen(text, choices) ?? { refused: 'it is none of the choices' },
    );
    if (answer === undefined) {
      desk.await(`Leave \`${column.name}\` out of \`${display(table.name)}\` (still to be answered).`);
      // Whether a new column is the old one under another name is not known either.
      for (const { name } of successors) renamed.add(name);
    } else if (answer === 1)
      consider(desk, {
        kind: 'drop-column',
        table: table.name,
        column: column.name,
        ifExists: false,
        cascade: false,
        span,
      });
    else if (answer > 1) {
      const to = successors[answer - 2]?.name ?? column.name;
      renamed.add(to);
      consider(desk, { kind: 'rename-column', table: table.name, column: column.name, to, span });
    }
  }
  return renamed;
}

function differences({ name: table }: Table, present: Column, wanted: Column, span: Change['span']): readonly Change[] {
  const at = { table, column: wanted.name, span };
  const found: Change[] = [];
  if (present.type !== wanted.type) found.push({ kind: 'change-column-type', ...at, type: wanted.type });
  if (present.default?.sql !== wanted.default?.sql) {
    found.push(
      wanted.default === undefined
        ? { kind: 'drop-default', ...at }
        : { kind: 'set-default', ...at, default: wanted.default },
    );
  }
  if (present.nullable !== wanted.nullable)
    found.push({ kind: wanted.nullable ? 'drop-not-null' : 'set-not-null', ...at });
  return found;
}

/** A constraint without its name: the database names those that the text leaves unnamed. */
function bare(constraint: ChangeOf<'create-table'>['constraints'][number]): unknown {
  const { name: _name, ...rest } = constraint;
  return { ...rest, validated: true };
}
