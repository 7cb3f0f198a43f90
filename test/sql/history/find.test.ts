import { describe, expect, it } from 'vitest';
import { detectTool, findHistories, findHistory, isMigrationPath } from '../../../src/sql/history/find.ts';
import type { HistoryHints, Tool } from '../../../src/sql/history/history.ts';

const layouts: readonly {
  name: string;
  paths: readonly string[];
  tool: Tool;
  directory: string;
  order: readonly string[];
}[] = [
  {
    name: 'golang-migrate',
    paths: [
      'db/migrations/000010_b.up.sql',
      'db/migrations/000010_b.down.sql',
      'db/migrations/2_a.up.sql',
      'db/schema.sql',
      'README.md',
    ],
    tool: 'golang-migrate',
    directory: 'db/migrations',
    order: ['db/migrations/2_a.up.sql -', 'db/migrations/000010_b.up.sql db/migrations/000010_b.down.sql'],
  },
  {
    name: 'golang-migrate with V, dots and no name',
    paths: ['m/V0002.Second.up.sql', 'm/V0002.Second.down.sql', 'm/V0001.First.up.sql', 'm/3.up.sql'],
    tool: 'golang-migrate',
    directory: 'm',
    order: ['m/V0001.First.up.sql -', 'm/V0002.Second.up.sql m/V0002.Second.down.sql', 'm/3.up.sql -'],
  },
  {
    name: 'Prisma, in the order of text',
    paths: [
      'prisma/migrations/9_b/migration.sql',
      'prisma/migrations/10_a/migration.sql',
      'prisma/migrations/migration_lock.toml',
    ],
    tool: 'prisma',
    directory: 'prisma/migrations',
    order: ['prisma/migrations/10_a/migration.sql -', 'prisma/migrations/9_b/migration.sql -'],
  },
  {
    name: 'diesel with metadata',
    paths: [
      'migrations/2024-01-02-000000_b/up.sql',
      'migrations/2024-01-02-000000_b/metadata.toml',
      'migrations/00000000000000_setup/up.sql',
      'migrations/00000000000000_setup/down.sql',
    ],
    tool: 'diesel',
    directory: 'migrations',
    order: [
      'migrations/00000000000000_setup/up.sql migrations/00000000000000_setup/down.sql',
      'migrations/2024-01-02-000000_b/up.sql - migrations/2024-01-02-000000_b/metadata.toml',
    ],
  },
  {
    name: 'Flyway: numbers by part, undo, repeatables last, folders below',
    paths: [
      'src/main/resources/db/migration/R__b_views.sql',
      'src/main/resources/db/migration/R__a_views.sql',
      'src/main/resources/db/migration/V2.10__late.sql',
      'src/main/resources/db/migration/2024/V2_9__early.sql',
      'src/main/resources/db/migration/U2.10__late.sql',
      'src/main/resources/db/migration/V2.10__late.sql.conf',
    ],
    tool: 'flyway',
    directory: 'src/main/resources/db/migration',
    order: [
      'src/main/resources/db/migration/2024/V2_9__early.sql -',
      'src/main/resources/db/migration/V2.10__late.sql src/main/resources/db/migration/U2.10__late.sql src/main/resources/db/migration/V2.10__late.sql.conf',
      'src/main/resources/db/migration/R__a_views.sql -',
      'src/main/resources/db/migration/R__b_views.sql -',
    ],
  },
  {
    name: 'plain numbers, snapshots left out',
    paths: [
      'migrations/010_c.sql',
      'migrations/2_b.sql',
      'migrations/1.sql',
      'migrations/LATEST.sql',
      'migrations/schema.sql',
    ],
    tool: 'numbered',
    directory: 'migrations',
    order: ['migrations/1.sql -', 'migrations/2_b.sql -', 'migrations/010_c.sql -'],
  },
  {
    name: 'plain numbers with a way back',
    paths: ['migrations/001_a.sql', 'migrations/001_a.down.sql', 'migrations/002_b.sql'],
    tool: 'numbered',
    directory: 'migrations',
    order: ['migrations/001_a.sql migrations/001_a.down.sql', 'migrations/002_b.sql -'],
  },
  {
    name: 'dates and names that begin with a digit',
    paths: ['migrations/2024-02-01_2fa.sql', 'migrations/2023-12-31-later.sql', 'migrations/2024_02_01_120000_x.sql'],
    tool: 'numbered',
    directory: 'migrations',
    order: [
      'migrations/2023-12-31-later.sql -',
      'migrations/2024-02-01_2fa.sql -',
      'migrations/2024_02_01_120000_x.sql -',
    ],
  },
];

const show = (entry: { up: string; down?: string; metadata?: string }) =>
  [entry.up, entry.down ?? '-', entry.metadata].filter((part) => part !== undefined).join(' ');

describe('findHistories', () => {
  it.each(layouts)('orders $name', ({ paths, tool, directory, order }) => {
    const histories = findHistories(paths);
    expect(histories).toHaveLength(1);
    expect(histories[0]).toMatchObject({ tool, directory, problems: [] });
    expect(histories[0]?.entries.map(show)).toEqual(order);
    // The order of the listing decides nothing.
    expect(findHistories([...paths].reverse())).toEqual(histories);
  });

  it('gives one history for each engine, and only the one asked for', () => {
    const paths = [
      'migrations/postgres/1_a.sql',
      'migrations/mysql/1_a.sql',
      'migrations/mysql/2_b.sql',
      'migrations/1_a.sqlite.sql',
    ];
    expect(findHistories(paths).map(({ directory, engine }) => [directory, engine])).toEqual([
      ['migrations/mysql', 'mysql'],
      ['migrations', 'sqlite'],
      ['migrations/postgres', 'postgresql'],
    ]);
    expect(findHistories(paths, { engine: 'postgresql' }).map(({ directory }) => directory)).toEqual([
      'migrations/postgres',
    ]);
    expect(findHistories(paths, { engine: 'mariadb' }).map(({ directory }) => directory)).toEqual(['migrations/mysql']);
  });

  it('finds folders of engines side by side, wherever it looks from and however little is in one', () => {
    const paths = ['mysql/1_a.sql', 'postgres/1_a.sql', 'postgres/2_b.sql'];
    for (const above of ['', 'db/', 'stores/']) {
      expect(findHistories(paths.map((path) => above + path)).map(({ directory }) => directory)).toEqual([
        `${above}postgres`,
        `${above}mysql`,
      ]);
    }
  });

  it.each([
    ['somebody else’s code', ['vendor/x/migrations/1_a.sql', 'node_modules/y/migrations/1_a.sql']],
    ['files that are no migrations', ['queries/1_top.sql', 'queries/2_low.sql', 'README.sql', 'x.sql']],
    ['a single numbered file anywhere', ['db/1_x.sql']],
    ['nothing', []],
  ])('finds nothing in %s', (_, paths) => {
    expect(findHistories(paths)).toEqual([]);
  });

  it('takes examples only where there is nothing else', () => {
    const example = 'examples/migrations/1_a.up.sql';
    expect(findHistories([example]).map(({ directory }) => directory)).toEqual(['examples/migrations']);
    expect(findHistories([example, 'db/migrations/1_a.up.sql']).map(({ directory }) => directory)).toEqual([
      'db/migrations',
    ]);
  });

  it('names the files that are odd', () => {
    const history = findHistory(['m/1_a.up.sql', 'm/01_b.up.sql', 'm/2_c.down.sql', 'm/1_a.down.sql']);
    expect(history?.problems).toEqual([
      '`m/2_c.down.sql` goes back, but nothing goes forth with version 2',
      '`m/01_b.up.sql` and `m/1_a.up.sql` have the same version 1, so which comes first is not certain',
    ]);
  });

  it('finds a hundred thousand paths’ migrations', () => {
    const paths = Array.from({ length: 100_000 }, (_, at) =>
      at % 20 === 0 ? `db/migrations/${at}_x.up.sql` : `src/f${at % 700}/a${at}.ts`,
    );
    expect(findHistory(paths)?.entries).toHaveLength(5000);
  });
});

describe('findHistories, configured', () => {
  const find = (paths: readonly string[], hints: Partial<HistoryHints>) =>
    findHistories(paths, { engine: 'postgresql', ...hints });

  it.each([
    ['a folder', './db/steps/', ['db/steps/1_a.sql']],
    ['a glob of files', 'db/*/*.sql', ['db/steps/1_a.sql']],
    ['a glob of folders', '**/steps', ['db/steps/1_a.sql']],
    ['the root', '.', ['db/steps/1_a.sql', 'other/1_b.sql']],
  ])('looks where %s says', (_, migrations, expected) => {
    const paths = ['db/steps/1_a.sql', 'other/1_b.sql', 'db/README.md'];
    expect(find(paths, { migrations }).flatMap(({ entries }) => entries.map(({ up }) => up))).toEqual(expected);
  });

  it('trusts the configured tool', () => {
    expect(find(['db/1_a.sql'], { migrations: 'db', tool: 'goose' })).toMatchObject([
      { tool: 'goose', entries: [{ up: 'db/1_a.sql', down: 'db/1_a.sql' }] },
    ]);
    expect(find(['db/1_a.sql'], { migrations: 'db', tool: 'prisma' })).toMatchObject([{ tool: 'prisma', entries: [] }]);
  });

  it('takes files without numbers in the order of their names', () => {
    const [history] = find(['db/step10.sql', 'db/step9.sql', 'db/schema.sql'], { migrations: 'db' });
    expect(history?.entries.map(({ up }) => up)).toEqual(['db/step9.sql', 'db/step10.sql']);
  });

  it('says when there is nothing yet', () => {
    expect(find(['README.md'], { migrations: 'db/migrations' })).toEqual([
      {
        tool: 'numbered',
        directory: 'db/migrations',
        entries: [],
        problems: ['no migrations were found under `db/migrations`'],
      },
    ]);
  });
});

describe('isMigrationPath', () => {
  it.each([
    [['m/1_a.up.sql'], 'm/2_b.up.sql', true],
    [['m/1_a.up.sql'], 'm/2_b.down.sql', true],
    [['m/1_a.up.sql'], 'm/sub/2_b.up.sql', false],
    [['m/1_a.up.sql'], 'm/2_b.sql', false],
    [['prisma/migrations/1_a/migration.sql'], 'prisma/migrations/2_b/migration.sql', true],
    [['prisma/migrations/1_a/migration.sql'], 'prisma/schema.prisma', false],
    [['migrations/1_a/up.sql'], 'migrations/2_b/metadata.toml', true],
    [['db/migration/V1__a.sql'], 'db/migration/R__v.sql', true],
    [['db/migration/V1__a.sql'], 'db/migration/sub/V2__b.sql', true],
    [['db/migration/V1__a.sql'], 'db/migration/mysql/V2__b.sql', false],
    [['migrations/1_a.sql', 'migrations/2_b.sql'], 'migrations/3_c.sql', true],
    [['migrations/1_a.sql', 'migrations/2_b.sql'], 'migrations/schema.sql', false],
    [['migrations/1_a.mysql.sql'], 'migrations/2_b.mysql.sql', true],
    [['migrations/1_a.mysql.sql'], 'migrations/2_b.sqlite.sql', false],
  ])('%j and %s: %s', (paths, path, expected) => {
    const history = findHistory(paths);
    expect(history).toBeDefined();
    if (history !== undefined) expect(isMigrationPath(history, path)).toBe(expected);
  });
});

describe('detectTool', () => {
  it.each<[string, readonly string[], string, Tool]>([
    ['dbmate', ['db/migrations/1_a.sql'], '-- migrate:up\nSELECT 1;', 'dbmate'],
    ['goose', ['migrations/1_a.sql'], '-- +goose Up\nSELECT 1;', 'goose'],
    ['no marks', ['migrations/1_a.sql'], 'SELECT 1;', 'numbered'],
    ['a layout that needs no text', ['migrations/1_a.up.sql'], '', 'golang-migrate'],
  ])('%s', (_, paths, text, tool) => {
    expect(detectTool(paths, text)).toBe(tool);
  });
});
