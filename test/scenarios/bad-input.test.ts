import { describe, expect, it } from 'vitest';
import { configFile, plainConfig, scenes } from '../support/scene.ts';

const stage = scenes();
const oneColumn = 'Add a nullable text column `note` to `orders`.';

describe('a wrong configuration', () => {
  it('is named on the issue with key, value and what is allowed, said to be mended, and stops nothing', async () => {
    const wrong = `${plainConfig}review: { request-changes: perhaps }\nstale_days: 3\n`;
    const scene = await stage.shop({ [configFile]: wrong });
    const issue = await scene.request('Notes', oneColumn);
    await scene.settle();
    const first = await scene.said(issue);
    expect(first).toContainEqual(expect.stringMatching(/`review\.request-changes` is `perhaps`; allowed: .+/));
    expect(first.join('\n')).toContain('stale_days');
    expect(first).toContainEqual(expect.stringContaining('## Plan: 1 step in 1 task'));
    expect(await scene.tasks()).toHaveLength(1);

    await scene.commit('alice', 'main', { [configFile]: plainConfig });
    await scene.settle();
    const then = await scene.said(issue);
    expect(then).toHaveLength(first.length);
    expect(then).toContainEqual(expect.stringContaining('mended'));
  });

  it('that is no YAML at all leaves the defaults in force', async () => {
    const scene = await stage.shop({ [configFile]: 'roles: [\n\t: {' });
    const issue = await scene.request('Notes', `${oneColumn} PostgreSQL 16.`, 'alice');
    await scene.settle();
    expect((await scene.said(issue)).join('\n')).toContain('.github/database-lead.yml');
    expect(await scene.tasks()).toHaveLength(1);
  });

  it('in a pull request is not in force for that pull request', async () => {
    const scene = await stage.shop();
    const head = await scene.commit('grace', 'lenient', {
      [configFile]: `${plainConfig}review: { paths-ignore: ["**"], rules: { require-concurrent-index: off } }\n`,
      'db/migrations/0013_index.up.sql': 'CREATE INDEX orders_placed_at ON orders (placed_at);\n',
    });
    await scene.pull('grace', 'lenient');
    await scene.settle();
    expect((await scene.checks(head))['database-lead']).toMatchObject({ conclusion: 'failure' });
  });
});

describe('a repository', () => {
  it('without migrations is told so, and served when the first one is merged', async () => {
    const scene = await stage.repository({ 'README.md': '# Shop\n' });
    const issue = await scene.request('Notes', `${oneColumn} PostgreSQL 16.`, 'alice');
    await scene.settle();
    expect((await scene.said(issue)).join('\n')).toContain('I found no migrations on `main`');
    expect(await scene.tasks()).toEqual([]);

    await scene.commit('alice', 'main', {
      'migrations/0001_orders.up.sql': 'CREATE TABLE orders (id bigint PRIMARY KEY);\n',
      'migrations/0001_orders.down.sql': 'DROP TABLE orders;\n',
    });
    await scene.settle();
    const said = await scene.said(issue);
    expect(said.join('\n')).not.toContain('I found no migrations');
    expect(said).toContainEqual(expect.stringContaining('## Plan: 1 step'));
    expect(await scene.tasks()).toHaveLength(1);
  });

  it('that is empty is told the same', async () => {
    const scene = await stage.repository({});
    const issue = await scene.request('Notes', oneColumn, 'alice');
    await scene.settle();
    expect((await scene.said(issue)).join('\n')).toContain('I found no migrations');
    expect((await scene.issue(issue)).labels).toContain('db:blocked');
  });
});

describe('migrations', () => {
  it('that cannot be read are named with file and line, and the rest works', async () => {
    const scene = await stage.shop({
      'db/migrations/0013_broken.up.sql':
        'CREATE TABLE fine (id bigint PRIMARY KEY);\n\nALTER TABEL orders ADD x int;\n',
      'db/migrations/0014_picture.up.sql': '\u0000\u0001PNG\u0000',
      'db/migrations/0015_seed.up.sql': `INSERT INTO products (name) VALUES ${`('x'),`.repeat(200_000)}('y');\n`,
    });
    const issue = await scene.request('Notes', oneColumn);
    await scene.settle();
    const said = (await scene.said(issue)).join('\n');
    expect(said).toMatch(/`db\/migrations\/0013_broken\.up\.sql` line 3, column \d+: .*TABEL/);
    expect(said).toContain('`db/migrations/0014_picture.up.sql` is binary or too large');
    expect(said).toContain('`db/migrations/0015_seed.up.sql` is binary or too large');
    await scene.say('carol', issue, '/db table fine');
    await scene.settle();
    expect((await scene.said(issue)).at(-1)).toContain('| `id` | `bigint`');
  });
});
