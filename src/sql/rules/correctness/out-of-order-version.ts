import { type Habits, habits } from '../../history/habits.ts';
import type { Tool } from '../../history/history.ts';
import { compareVersions } from '../../history/versions.ts';
import { defineFileRule } from '../../rule.ts';
import { startOfText } from '../../span.ts';

export const outOfOrderVersion = defineFileRule({
  id: 'out-of-order-version',
  level: 'warning',
  category: 'correctness',
  engines: ['postgresql', 'mysql', 'mariadb', 'sqlite'],
  when: 'A new migration has a lower version than one that is merged already',
  effect:
    'Databases that have run the newer one refuse it or pass it over, and those that run it get the changes in another order than a fresh one',
  remedy: 'Rename it to a version above the newest one',
  source:
    'golang-migrate/migrate#179; pressly/goose#280; Flyway documentation, validate and outOfOrder; amacneil/dbmate#159',
  examples: [
    {
      engine: 'postgresql',
      file: { tool: 'golang-migrate', version: '0007' },
      merged: [{ file: 'migrations/0008_notes.up.sql', version: '0008', reversible: false }],
      bad: 'CREATE TABLE drafts (id bigint PRIMARY KEY);',
      good: { none: 'the version is in the name of the file' },
    },
  ],

  checkFile({ file, merged }) {
    const { version } = file;
    if (version === undefined || !/\d/.test(version) || file.merged !== undefined) return [];
    const later = merged.filter((each) => /\d/.test(each.version) && compareVersions(each.version, version) > 0);
    const newest = later.toSorted((one, other) => compareVersions(other.version, one.version))[0];
    if (newest === undefined) return [];
    const tool = file.tool ?? 'numbered';
    const message = `Version ${version} comes before ${newest.version} (\`${newest.file}\`), which is merged${consequence(tool)}.`;
    return [{ message, span: startOfText, ...(isGrave(habits[tool]) ? { level: 'error' as const } : {}) }];
  },
});

function isGrave({ older }: Habits): boolean {
  return older === 'refused' || older === 'skipped';
}

function consequence(tool: Tool): string {
  switch (habits[tool].older) {
    case 'skipped':
      return `: ${tool} never runs it where that one has run, and does not say so`;
    case 'refused':
      return `: ${tool} refuses to go on where that one has run`;
    case 'run':
      return `: ${tool} runs it after that one where it has run, and before it on a fresh database`;
    case 'unknown':
      return '';
  }
}
