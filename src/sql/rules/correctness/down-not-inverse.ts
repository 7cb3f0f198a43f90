import { draftOf } from '../../apply/draft.ts';
import { applyTo } from '../../apply/index.ts';
import type { Change, Script } from '../../change.ts';
import { differencesLeft } from '../../facts/catalog-differences.ts';
import { partWith, touchedBy } from '../../facts/touched.ts';
import { leavesDoubt } from '../../lint/knowledge.ts';
import { defineFileRule } from '../../rule.ts';
import { startOfText } from '../../span.ts';

/** More than a few names tell nobody more. */
const named = 3;

export const downNotInverse = defineFileRule({
  id: 'down-not-inverse',
  level: 'warning',
  category: 'correctness',
  engines: ['postgresql'],
  when: 'The way back does not lead back to the schema before the migration',
  effect: 'A database that has been taken back is not what it was, and the migration may fail when it runs again',
  remedy:
    'Undo in the way back every change of the migration, the last one first; say in a comment what cannot be undone',
  source: 'database-lead: both directions are applied to the catalog',
  examples: [
    {
      engine: 'postgresql',
      file: { down: 'DROP TABLE drafts;' },
      bad: 'CREATE TABLE drafts (id bigint PRIMARY KEY);\nCREATE TABLE notes (id bigint PRIMARY KEY);',
      good: 'CREATE TABLE drafts (id bigint PRIMARY KEY);',
    },
  ],

  checkFile({ file, script, back, before, after }) {
    if (file.down === undefined || back === undefined || before === undefined) return [];
    if (leavesDoubt(script) || leavesDoubt(back) || isSaid(file.down)) return [];
    const [up, down] = [changesOf(script), changesOf(back)];
    if ([...up, ...down].some(reachesFurther)) return [];

    // The table of an index that is gone is only known from before.
    const between = partWith(after, new Set([...touchedBy([...up, ...down], after), ...before.tables.keys()]));
    const now = draftOf(between);
    for (const change of down) applyTo(now, change);
    // What only the way back touches is as the migration left it.
    const was = { ...between, ...onlyOf(before, touchedBy(up, after), between) };
    const differences = differencesLeft(was, between, now);
    if (differences.length === 0) return [];
    const more = differences.length > named ? `, and ${differences.length - named} more` : '';
    const [statement] = back.statements;
    const isHere = file.downFile === undefined || file.downFile === file.file;
    return [
      {
        message: `After the way back, ${differences.slice(0, named).join('; ')}${more}.`,
        span: isHere && statement !== undefined ? statement.span : startOfText,
      },
    ];
  },
});

function changesOf({ statements }: Script): readonly Change[] {
  return statements.flatMap(({ changes }) => changes.filter(({ within }) => within === undefined));
}

/** Takes along, or may pass over, what it does not name. */
function reachesFurther(change: Change): boolean {
  if (change.guarded === true || change.kind === 'rename-schema') return true;
  return change.kind === 'drop-schema' || change.kind === 'drop-extension' ? change.cascade : false;
}

/** Whether the author says that there is no way back. */
function isSaid(down: string): boolean {
  return /irreversible|not reversible|cannot be (?:undone|reverted|reversed|rolled back)|no (?:way back|down|rollback)|can'?t (?:be )?(?:undo|revert|undone|reverted)/i.test(
    down,
  );
}

type Catalogs = Parameters<typeof differencesLeft>[0];

/** What was before the migration, of everything that it touched; the rest is what it is. */
function onlyOf(before: Catalogs, touched: ReadonlySet<string>, between: Catalogs): Partial<Catalogs> {
  const part = <Value>(was: ReadonlyMap<string, Value>, is: ReadonlyMap<string, Value>): ReadonlyMap<string, Value> => {
    const merged = new Map([...is].filter(([key]) => !touched.has(key)));
    for (const [key, value] of was) merged.set(key, value);
    return merged;
  };
  return {
    tables: part(before.tables, between.tables),
    views: part(before.views, between.views),
    enums: part(before.enums, between.enums),
    domains: part(before.domains, between.domains),
    composites: part(before.composites, between.composites),
  };
}
