import { describe, expect, it } from 'vitest';
import { findHistories, isMigrationPath } from '../../../src/sql/history/find.ts';
import type { Tool } from '../../../src/sql/history/history.ts';
import { nameNext } from '../../../src/sql/history/next.ts';

const clock = { now: () => new Date('2026-11-23T10:34:50.123Z') };

describe('nameNext', () => {
  it.each<[readonly string[], string, string?]>([
    [['m/000009_a.up.sql', 'm/000009_a.down.sql'], 'm/000010_add_the_note.up.sql', 'm/000010_add_the_note.down.sql'],
    [['m/20240102030405_a.up.sql'], 'm/20261123103450_add_the_note.up.sql', 'm/20261123103450_add_the_note.down.sql'],
    [['m/V0009.FirstStep.up.sql'], 'm/V0010.AddTheNote.up.sql', 'm/V0010.AddTheNote.down.sql'],
    [
      ['prisma/migrations/20240102030405_a/migration.sql'],
      'prisma/migrations/20261123103450_add_the_note/migration.sql',
    ],
    [['prisma/migrations/09_a/migration.sql'], 'prisma/migrations/10_add_the_note/migration.sql'],
    [
      ['migrations/2024-01-02-030405_a/up.sql'],
      'migrations/2026-11-23-103450_add_the_note/up.sql',
      'migrations/2026-11-23-103450_add_the_note/down.sql',
    ],
    [['db/migration/V2.9__a.sql', 'db/migration/R__z.sql'], 'db/migration/V2.10__add_the_note.sql'],
    [
      ['db/migration/V1__a.sql', 'db/migration/U1__a.sql'],
      'db/migration/V2__add_the_note.sql',
      'db/migration/U2__add_the_note.sql',
    ],
    [['migrations/001_a.sql', 'migrations/099-some-name.sql'], 'migrations/100-add-the-note.sql'],
    [['migrations/1612345678_a.sql'], 'migrations/1795430090_add_the_note.sql'],
    [
      ['migrations/001_a.sql', 'migrations/001_a.down.sql'],
      'migrations/002_add_the_note.sql',
      'migrations/002_add_the_note.down.sql',
    ],
    // The clock is behind the last migration: its number still decides.
    [['migrations/20991231235959_a.sql'], 'migrations/20991231235960_add_the_note.sql'],
  ])('after %j comes %s', (paths, up, down) => {
    const [history] = findHistories(paths);
    if (history === undefined) throw new Error('no history');
    const next = nameNext(history, 'Add the Nôte!', clock);
    expect(next).toEqual(down === undefined ? { up } : { up, down });
    expect(isMigrationPath(history, next.up)).toBe(true);
  });

  it.each<[Tool, string]>([
    ['golang-migrate', 'db/000001_change.up.sql'],
    ['prisma', 'db/20261123103450_change/migration.sql'],
    ['diesel', 'db/2026-11-23-103450_change/up.sql'],
    ['flyway', 'db/V1__change.sql'],
    ['dbmate', 'db/20261123103450_change.sql'],
    ['goose', 'db/20261123103450_change.sql'],
    ['numbered', 'db/0001_change.sql'],
  ])('begins a history of %s with %s', (tool, up) => {
    expect(nameNext({ tool, directory: 'db', entries: [], problems: [] }, '../..; 漢字', clock).up).toBe(up);
  });

  it('keeps names short enough for a file system', () => {
    const { up } = nameNext(
      { tool: 'numbered', directory: '', entries: [], problems: [] },
      'word '.repeat(1000),
      clock,
    );
    expect(up.length).toBeLessThan(80);
  });
});
