import { tableOf } from '../../sql/catalog.ts';
import type { ChangeOf } from '../../sql/change.ts';
import { display } from '../../sql/name.ts';
import { similarTo } from '../names/similar.ts';
import { desiredIn } from '../statements/desired.ts';
import { oneOf } from './choices.ts';
import { type Hints, settle } from './consider.ts';
import { become } from './desired/index.ts';
import type { Desk } from './desk.ts';

/** A table that is new is created; one that exists is brought to the desired columns and constraints. */
export function createTable(desk: Desk, proposed: ChangeOf<'create-table'>, hints: Hints): undefined {
  const change = inSchema(desk, proposed);
  if (change === undefined)
    return desk.await(`Create the table \`${display(proposed.table)}\` (its schema is still to be answered).`);
  const existing = tableOf(desk.catalog(), change.table);
  if (existing === undefined) return settle(desk, change, hints);
  const statement = { sql: '', span: change.span, changes: [change] };
  for (const table of desiredIn([statement], undefined, desk.catalog()).tables) become(desk, table);
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
