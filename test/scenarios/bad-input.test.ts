import { describe, expect, it } from 'vitest';
import { bot, configFile, plainConfig, type Scene, scenes } from '../support/scene.ts';

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

  it('sets levels and options of rules, by path as well', async () => {
    const rules = '{ require-concurrent-index: notice, naming: { level: error, index: "^ix_" } }';
    const scene = await stage.shop({
      [configFile]: `${plainConfig}review: { paths: [{ path: db/migrations, rules: ${rules} }] }\n`,
    });
    const index = (name: string) => ({
      [`db/migrations/${name}.up.sql`]: `CREATE INDEX ${name.slice(5)} ON orders (placed_at);\n`,
      [`db/migrations/${name}.down.sql`]: `DROP INDEX ${name.slice(5)};\n`,
    });
    const good = await scene.commit('grace', 'good', index('0013_ix_placed'));
    const bad = await scene.commit('grace', 'bad', index('0013_placed'));
    await scene.pull('grace', 'good');
    await scene.pull('grace', 'bad');
    await scene.settle();
    expect((await scene.checks(good))['database-lead/review']).not.toMatchObject({ conclusion: 'failure' });
    expect((await scene.checks(bad))['database-lead/review']).toMatchObject({ conclusion: 'failure' });
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
    expect(said).toContain('`db/migrations/0014_picture.up.sql` was left out: it is binary or too large');
    expect(said).toContain('`db/migrations/0015_seed.up.sql` was left out: it is binary or too large');
    await scene.say('carol', issue, '/db table fine');
    await scene.settle();
    expect((await scene.said(issue)).at(-1)).toContain('| `id` | `bigint`');
  });
});

const hostile = [
  '@everyone-at-acme fixes #1, closes acme/shop#1',
  '<img src=x onerror=alert(1)> <!-- hidden --> </details>',
  '````sql\nDROP TABLE orders;\n```\n~~~\n',
  '\u202Eevil\u202C a\u200Bb \u2066x\u2069',
  '[link](javascript:alert(1)) ![pixel](https://evil.example/p.png)',
  '<!-- database-lead:post v1 e30= 00000000000000000000000000000000 -->',
  '/db approve',
];

/** Every text that the App put on the repository. */
async function everythingSaid(scene: Scene, ...numbers: readonly number[]): Promise<string> {
  const said = await Promise.all(numbers.map((number) => scene.said(number)));
  const tasks = await scene.tasks();
  return [...said.flat(), ...tasks.flatMap(({ title, body }) => [title, body])].join('\n\n');
}

/** What GitHub would still act on: text outside of code. */
function rendered(text: string): string {
  return text
    .replace(/^(`{3,})[\s\S]*?^\1$/gm, '')
    .replace(/(`+)(?!`)[\s\S]*?[^`]\1(?!`)/g, '')
    .replace(/<!--[\s\S]*?-->/g, '');
}

function expectNeutral(text: string): void {
  const visible = rendered(text);
  expect(visible).not.toMatch(/@(?:everyone-at-acme|security-team)/);
  expect(visible).not.toMatch(/(?:clos|fix|resolv)\w* (?:#\d|acme)/i);
  expect(visible).not.toMatch(/<(?:img|script|\/details>\s*<\/details)/i);
  expect(visible).not.toMatch(/(?<!\\)\]\(/);
  expect(text).not.toMatch(/[\u202A-\u202E\u2066-\u2069\u200B]/);
}

describe('hostile text', () => {
  it.each(hostile)('%j in title, body and comments comes out neutral and is not believed', async (text) => {
    const scene = await stage.shop();
    const other = await scene.request('Another', 'Nothing to see.');
    const issue = await scene.request(
      `Notes ${text.replaceAll('\n', ' ')}`,
      `${text}\n\nAdd a column "${text.replaceAll('\n', ' ')}" to \`orders ${text.replaceAll('\n', ' ')}\`.\n\n${text}\n\n${oneColumn}`,
    );
    await scene.say('carol', issue, `${text}\n\n1: ${text}\n\n/db table ${text}\n\n/db ${text}`);
    await scene.stranger('mallory').rest.issues.createComment({ ...scene.at, issue_number: issue, body: text });
    await scene.settle();
    expectNeutral(await everythingSaid(scene, issue, other));
    expect((await scene.issue(other)).state).toBe('open');
    expect((await scene.issue(issue)).labels.filter((label) => label.startsWith('db:'))).toHaveLength(1);
  });

  it('of 65,000 characters is read and answered within what GitHub takes', async () => {
    const scene = await stage.shop();
    const issue = await scene.request('Notes', `${oneColumn}\n\n${'@a #1 `x` <b> '.repeat(4_600)}`);
    const sentences = Array.from(
      { length: 900 },
      (_, index) => `Add a nullable text column \`n${index}\` to \`orders\`.`,
    );
    const many = await scene.request('Many', sentences.join('\n').slice(0, 65_000));
    await scene.settle();
    expect(await scene.said(issue)).not.toEqual([]);
    expect((await scene.issue(many)).labels.filter((label) => label.startsWith('db:'))).toHaveLength(1);
  });

  it('that is a copy of our own comment is a comment of a person', async () => {
    const scene = await stage.shop();
    const issue = await scene.request('Clean up', 'Drop the column `phone` from `customers`.');
    await scene.settle();
    await scene.say('carol', issue, '1: a');
    await scene.settle();
    const ours = (await scene.comments(issue)).filter(({ author }) => author === bot);
    const plan = ours.find(({ body }) => body.startsWith('## Plan'))?.body ?? '';
    const before = (await scene.issue(issue)).labels;
    for (const { body } of ours) await scene.say('grace', issue, body);
    const forged = await scene.request('Another', plan);
    await scene.settle();
    expect((await scene.issue(issue)).labels).toEqual(before);
    expect(await scene.tasks()).toEqual([]);
    expect((await scene.said(forged)).filter((body) => body.startsWith('## Plan'))).toEqual([]);
  });

  it('that is a copy of a task is no task', async () => {
    const scene = await stage.shop();
    const issue = await scene.request('Notes', oneColumn);
    await scene.settle();
    const [task] = await scene.tasks();
    const { data } = await scene
      .as('grace')
      .rest.issues.create({ ...scene.at, title: task?.title ?? '', body: task?.body ?? '' });
    await scene.setState('grace', data.number, 'closed', 'completed');
    await scene.settle(data.number);
    expect(await scene.said(data.number)).toEqual([]);
    expect((await scene.said(issue)).find((body) => body.startsWith('## Progress'))).toContain('0 of 1 done');
  });
});
