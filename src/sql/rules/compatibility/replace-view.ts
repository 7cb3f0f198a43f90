import { viewColumns } from '../../apply/views.ts';
import { nameObjects, obstacles } from '../../facts/dependants/index.ts';
import { display, keyOf } from '../../name.ts';
import { defineRule } from '../../rule.ts';

export const replaceView = defineRule({
  id: 'replace-view',
  level: 'error',
  category: 'compatibility',
  engines: ['postgresql'],
  when: 'CREATE OR REPLACE VIEW drops, renames or moves columns of the view that exists, or changes one that other views read',
  effect:
    'PostgreSQL only lets columns be added at the end and refuses the rest; what other views show changes with it',
  remedy:
    'Keep the columns that are there, in their order, and add new ones at the end; or drop the view and make it anew in one transaction, with its privileges',
  source: 'PostgreSQL manual, CREATE VIEW',
  examples: [
    {
      engine: 'postgresql',
      given:
        'CREATE TABLE orders (id bigint PRIMARY KEY, note text, total numeric); CREATE VIEW notes AS SELECT id, note FROM orders;',
      bad: "SET lock_timeout = '2s';\nCREATE OR REPLACE VIEW notes AS SELECT id, total, note FROM orders;",
      good: "SET lock_timeout = '2s';\nCREATE OR REPLACE VIEW notes AS SELECT id, note, total FROM orders;",
      fails: '42P16',
    },
    {
      engine: 'postgresql',
      given:
        'CREATE TABLE orders (id bigint PRIMARY KEY, note text); CREATE VIEW notes (number, text) AS SELECT id, note FROM orders;',
      bad: "SET lock_timeout = '2s';\nCREATE OR REPLACE VIEW notes AS SELECT id AS number FROM orders;",
      good: "SET lock_timeout = '2s';\nBEGIN;\nDROP VIEW notes;\nCREATE VIEW notes AS SELECT id AS number FROM orders;\nCOMMIT;",
      fails: '42P16',
    },
  ],
  on: ['create-view'],

  check({ view, replace, materialized, columns }, { before, isNew }) {
    const known = before.views.get(keyOf(view));
    if (!replace || materialized || known === undefined) return undefined;
    const name = `\`${display(view)}\``;
    if (known.materialized) return `PostgreSQL refuses this: ${name} is a materialized view, which cannot be replaced.`;
    const problem = difference(known.columns, viewColumns(before, columns));
    if (problem !== undefined) return `PostgreSQL refuses this: ${problem} of ${name}.`;
    const readers = obstacles(before, { kind: 'view', name: view }).filter(
      (each) => !('name' in each) || !isNew(each.name),
    );
    if (readers.length === 0) return undefined;
    return { message: `${name} changes for ${nameObjects(readers)} too.`, level: 'notice' };
  },
});

/** What a replacement must not do to the columns that are there; `undefined` where it does none of it, or nobody knows. */
function difference(old: readonly string[] | undefined, now: readonly string[] | undefined): string | undefined {
  if (old === undefined || now === undefined) return undefined;
  if (now.length < old.length) return `it would drop the column \`${old[now.length]}\``;
  const at = old.findIndex((column, index) => now[index] !== column);
  return at === -1 ? undefined : `it would change the name of column ${at + 1} from \`${old[at]}\` to \`${now[at]}\``;
}
