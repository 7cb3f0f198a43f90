import { neighboursIn, normalVersion } from '../../facts/neighbours.ts';
import { habits } from '../../history/habits.ts';
import { defineFileRule } from '../../rule.ts';
import { startOfText } from '../../span.ts';

export const duplicateVersion = defineFileRule({
  id: 'duplicate-version',
  level: 'error',
  category: 'correctness',
  engines: ['postgresql', 'mysql', 'mariadb', 'sqlite'],
  when: 'Two migrations of one history have the same version',
  effect: 'Most tools refuse to run at all, and the others run only one of the two',
  remedy: 'Give the newer one the next free version',
  source:
    'Documentation of golang-migrate, goose, Flyway, dbmate and diesel: versions are the key of the table of what has run',
  examples: [
    {
      engine: 'postgresql',
      file: { tool: 'goose', version: '0007' },
      others: [{ file: '0007_notes.sql', sql: '', tool: 'goose', version: '0007' }],
      bad: 'CREATE TABLE drafts (id bigint PRIMARY KEY);',
      good: { none: 'the version is in the name of the file' },
    },
  ],

  checkFile({ file, files, merged }) {
    if (file.version === undefined || !/\d/.test(file.version) || file.tool === 'prisma') return [];
    const earlier = neighboursIn(files).firstOf(file);
    const own = normalVersion(file.version);
    const other =
      merged.find((each) => each.file !== file.file && normalVersion(each.version) === own) ??
      (earlier === file ? undefined : earlier);
    if (other === undefined) return [];
    const { doubled } = habits[file.tool ?? 'numbered'];
    const message = `\`${other.file}\` has version ${file.version} as well.`;
    return [{ message, span: startOfText, ...(doubled === 'unknown' ? { level: 'warning' as const } : {}) }];
  },
});
