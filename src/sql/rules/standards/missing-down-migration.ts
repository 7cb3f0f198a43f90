import { neighboursIn } from '../../facts/neighbours.ts';
import { defineFileRule } from '../../rule.ts';
import { startOfText } from '../../span.ts';

export const missingDownMigration = defineFileRule({
  id: 'missing-down-migration',
  level: 'notice',
  category: 'standards',
  engines: ['postgresql', 'mysql', 'mariadb', 'sqlite'],
  when: 'A migration has no way back although the others of its history have one',
  effect: 'A deployment that has to be taken back stops here',
  remedy: 'Write the way back as the other migrations have it, or say in it why there is none',
  source: 'Documentation of golang-migrate, goose, dbmate, diesel and Flyway (undo)',
  examples: [
    {
      engine: 'postgresql',
      file: { tool: 'golang-migrate', version: '0007' },
      merged: [
        { file: '0005_notes.up.sql', version: '0005', reversible: true },
        { file: '0006_tags.up.sql', version: '0006', reversible: true },
      ],
      bad: 'CREATE TABLE drafts (id bigint PRIMARY KEY);',
      good: { none: 'the way back is another file' },
    },
  ],

  checkFile({ file, files, merged }) {
    if (!file.version || file.version === 'R' || file.down !== undefined || file.merged !== undefined) return [];
    const { versioned, reversible } = neighboursIn(files).counts(file);
    const count = reversible + merged.filter((each) => each.reversible).length;
    const others = versioned - 1 + merged.length;
    // Where half of them have none, it is no custom.
    if (count === 0 || count * 2 <= others) return [];
    return [
      {
        message: `${count} of the ${others} other migrations have a way back; this one has none.`,
        span: startOfText,
      },
    ];
  },
});
