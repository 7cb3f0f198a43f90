import { habits } from '../../history/habits.ts';
import { tokensOf } from '../../lex.ts';
import { defineFileRule } from '../../rule.ts';
import { startOfText } from '../../span.ts';

export const editedMigration = defineFileRule({
  id: 'edited-migration',
  level: 'warning',
  category: 'correctness',
  engines: ['postgresql', 'mysql', 'mariadb', 'sqlite'],
  when: 'A migration that is merged already is changed',
  effect: 'Databases that have run it never see the change, and tools that keep checksums refuse to run anything',
  remedy: 'Leave it as it was, and write a new migration for what is to be different',
  source: 'Documentation of Flyway (validate) and of the other tools, which run every version once',
  examples: [
    {
      engine: 'postgresql',
      file: {
        tool: 'flyway',
        version: '7',
        merged: { file: 'example.sql', sql: 'CREATE TABLE drafts (id integer PRIMARY KEY);' },
      },
      bad: 'CREATE TABLE drafts (id bigint PRIMARY KEY);',
      good: { none: 'the migration as it was, and another file' },
    },
  ],

  checkFile({ file: { file, sql, merged, tool = 'numbered', version } }) {
    // A repeatable migration is meant to be edited.
    if (merged === undefined || version === 'R') return [];
    if (nameOf(merged.file) !== nameOf(file)) {
      const message = `This migration was merged as \`${merged.file}\`: under its new name it runs a second time where it has run.`;
      return [{ message, span: startOfText }];
    }
    if (merged.sql === sql) return [];
    const { checksums } = habits[tool];
    const isOnlyShape = words(merged.sql) === words(sql);
    if (isOnlyShape && !checksums) return [];
    const what = isOnlyShape ? 'Comments or white space of this migration are' : 'This migration is';
    const message = checksums
      ? `${what} not what was merged: ${tool} refuses to run where it has run.`
      : `${what} not what was merged: where it has run, it does not run again.`;
    return [{ message, span: startOfText, ...(checksums ? { level: 'error' as const } : {}) }];
  },
});

/** A file without its folders; of a tool that names the folder, that with it. */
function nameOf(path: string): string {
  const [, name = path] = /((?:[^/]+\/(?=(?:up|migration)\.sql$))?[^/]+)$/.exec(path) ?? [];
  return name;
}

/** A text without its comments and white space. */
function words(sql: string): string {
  return tokensOf(sql)
    .map(({ start, end }) => sql.slice(start, end))
    .join(' ');
}
