import { describe, expect, it } from 'vitest';
import { bot, configFile, plainConfig, type Scene, scenes } from '../support/scene.ts';

const stage = scenes();
const path = 'db/migrations/0013_index.up.sql';
const down = 'db/migrations/0013_index.down.sql';
const wait = "SET lock_timeout = '3s';\n";
const index = 'CREATE INDEX orders_placed_at ON orders (placed_at);\n';
const careless = `${wait}\n${index}`;
const harmless = `${wait}ALTER TABLE orders ADD COLUMN note text;\n`;
const wayBack = 'ALTER TABLE orders DROP COLUMN note;\n';

async function pullWith(files: Record<string, string | Uint8Array>, config = plainConfig) {
  const scene = await stage.shop({ [configFile]: config });
  const head = await scene.commit('grace', 'work', files);
  const pull = await scene.pull('grace', 'work');
  await scene.settle();
  return { scene, head, pull };
}

type Comment = Awaited<ReturnType<Scene['threads']>>[number];

/** The conversation of the thread about the index, oldest first. */
async function talk(scene: Scene, pull: number, rule = 'require-concurrent-index') {
  const all = await scene.threads(pull);
  const [first, ...others] = all.filter(({ body, replyTo }) => !replyTo && body.includes(`**${rule}**`));
  expect(others).toEqual([]);
  const replies = all.filter(({ replyTo }) => replyTo === first?.id);
  return {
    first: first as Comment,
    replies,
    said: replies.filter(({ author }) => author === bot).map(({ body }) => body),
  };
}

function review(settings: string): string {
  return `${plainConfig}review: ${settings}\n`;
}

describe('a thread', () => {
  it('is opened again when its problem comes back, and closed when it goes again', async () => {
    const { scene, pull } = await pullWith({ [path]: careless });
    await scene.commit('grace', 'work', { [path]: harmless, [down]: wayBack });
    await scene.settle();
    expect(await scene.unresolved(pull)).toEqual([]);
    await scene.commit('grace', 'work', { [path]: careless, [down]: 'DROP INDEX orders_placed_at;\n' });
    await scene.settle();
    expect(await scene.unresolved(pull)).toContain((await talk(scene, pull)).first.id);
    await scene.commit('grace', 'work', { [path]: harmless, [down]: wayBack });
    await scene.settle();
    const { said } = await talk(scene, pull);
    expect(said.map((text) => text.split(' ').slice(0, 3).join(' '))).toEqual([
      expect.stringMatching(/^Fixed in/),
      'This is back',
      expect.stringMatching(/^Fixed in/),
    ]);
    expect(await scene.unresolved(pull)).toEqual([]);
  });

  it('stays when its statement is laid out anew, moved to a file of another name, or edited without being mended', async () => {
    const { scene, pull } = await pullWith({ [path]: careless });
    const { first } = await talk(scene, pull);
    await scene.commit('grace', 'work', {
      [path]: `${wait}-- Sorted by time.\ncreate index orders_placed_at\n  ON orders(placed_at)\n;\n`,
    });
    await scene.settle();
    await scene.commit('grace', 'work', {
      [path]: null,
      'db/migrations/0014_index.up.sql': `${wait}CREATE INDEX orders_placed_at ON orders (placed_at);\n`,
    });
    await scene.settle();
    await scene.commit('grace', 'work', {
      'db/migrations/0014_index.up.sql': `${wait}CREATE INDEX orders_placed_at ON orders (placed_at, id);\n`,
    });
    await scene.settle();
    const after = await talk(scene, pull);
    expect(after.first.id).toBe(first.id);
    expect(after.said.filter((text) => /^(?:Fixed|No longer|This is back)/.test(text))).toEqual([]);
    expect(await scene.unresolved(pull)).toContain(first.id);
  });

  it('tells where its problem is now when GitHub shows its lines no longer, and edits that as it moves on', async () => {
    const { scene, pull } = await pullWith({ [path]: careless });
    const moved = `${wait}SELECT 1;\n\n\n\n\n\n\n\n\n\nCREATE INDEX  orders_placed_at ON orders (placed_at);\n`;
    await scene.commit('grace', 'work', { [path]: moved });
    await scene.settle();
    expect((await talk(scene, pull)).said).toEqual([expect.stringMatching(/^The lines have changed.*line 12\]\(http/)]);
    await scene.commit('grace', 'work', { [path]: moved.replace('SELECT 1;', 'SELECT 1;\n') });
    await scene.settle();
    expect((await talk(scene, pull)).said).toEqual([expect.stringMatching(/line 13\]\(http/)]);
    const { writes } = scene.ledger;
    await scene.settle();
    expect(scene.ledger.writes).toBe(writes);
  });

  it('is not called fixed because its file cannot be read any more', async () => {
    const { scene, pull } = await pullWith({ [path]: careless });
    await scene.commit('grace', 'work', { [path]: 'CREATE INDEX ON ON ON;\n' });
    await scene.settle();
    expect((await talk(scene, pull)).said).toEqual([]);
    scene.grant({ contents: 'read' });
  });

  it('says why its problem is gone where it is not mended: it left the pull request, or was ignored in the file', async () => {
    const { scene, pull } = await pullWith({ [path]: careless });
    await scene.commit('grace', 'work', {
      [path]: `${wait}\n-- database-lead: ignore require-concurrent-index because orders is @empty here\n${index}`,
    });
    await scene.settle();
    expect((await talk(scene, pull)).said).toEqual([
      expect.stringMatching(/^Ignored in the file, as of \w{7}: orders is @.*empty here$/),
    ]);
    const other = await pullWith({ [path]: careless, 'README.md': 'Changed.\n' });
    await other.scene.commit('grace', 'work', { [path]: null });
    await other.scene.settle();
    expect((await talk(other.scene, other.pull)).said).toEqual([
      expect.stringMatching(/^No longer part of this pull request/),
    ]);
  });

  it('is left alone by a push that a person resolved it before, and still counts', async () => {
    const { scene, pull } = await pullWith({ [path]: careless });
    const { first } = await talk(scene, pull);
    await scene.resolve('grace', pull, first.id);
    const head = await scene.commit('grace', 'work', { [path]: `-- A word.\n${careless}` });
    await scene.settle();
    expect(await scene.unresolved(pull)).not.toContain(first.id);
    expect((await talk(scene, pull)).said).toEqual([]);
    expect((await scene.checks(head))['database-lead/review']).toMatchObject({ conclusion: 'failure' });
    expect(await scene.summary(pull)).toContain('resolved without a reason');
  });
});

it('of a pull request that is closed and opened again are the same threads', async () => {
  const { scene, pull } = await pullWith({ [path]: careless });
  const before = (await scene.threads(pull)).map(({ id }) => id);
  for (const state of ['closed', 'open'] as const) {
    await scene.as('grace').rest.pulls.update({ ...scene.at, pull_number: pull, state });
    await scene.settle();
    await scene.pullAgain(pull);
  }
  expect((await scene.threads(pull)).map(({ id }) => id)).toEqual(before);
});

describe('what a person ignores with a reason', () => {
  const ignoring = '/db ignore because the table is tiny';

  it('is recorded, does not block, and is respected for good', async () => {
    const { scene, pull, head } = await pullWith({ [path]: careless });
    const { first } = await talk(scene, pull);
    const { data } = await scene.as('carol').rest.pulls.createReplyForReviewComment({
      ...scene.at,
      pull_number: pull,
      comment_id: first.id,
      body: ignoring,
    });
    await scene.settle();
    expect((await talk(scene, pull)).said).toEqual(['Ignored, as @carol decided: the table is tiny']);
    expect(await scene.unresolved(pull)).not.toContain(first.id);
    expect((await scene.checks(head))['database-lead/review']).toMatchObject({ conclusion: 'success' });
    expect(await scene.summary(pull)).toMatch(
      /Ignored:\n\n- `require-concurrent-index`.*@carol decided: the table is tiny/,
    );

    await scene.as('carol').rest.pulls.deleteReviewComment({ ...scene.at, comment_id: data.id });
    const next = await scene.commit('grace', 'work', { [path]: `-- A word.\n${careless}` });
    await scene.settle();
    expect((await scene.checks(next))['database-lead/review']).toMatchObject({ conclusion: 'success' });
    expect((await talk(scene, pull)).said).toHaveLength(1);
  });

  it('holds for a whole rule where it is said on the pull request, and not for what comes later', async () => {
    const { scene, pull, head } = await pullWith({ [path]: careless });
    await scene.say('carol', pull, '/db ignore require-concurrent-index because it is night');
    await scene.settle();
    expect((await scene.said(pull)).join('\n')).toContain(
      '1 finding of **require-concurrent-index** is ignored here: it is night',
    );
    expect((await scene.checks(head))['database-lead/review']).toMatchObject({ conclusion: 'success' });
    const next = await scene.commit('grace', 'work', {
      [path]: `${careless}CREATE INDEX customers_phone ON customers (phone);\n`,
    });
    await scene.settle();
    expect((await scene.checks(next))['database-lead/review']).toMatchObject({ title: '1 blocking finding' });
  });

  it('counts only from people whose word counts, and needs the reason', async () => {
    const { scene, pull, head } = await pullWith({ [path]: careless });
    const { first } = await talk(scene, pull);
    const place = { ...scene.at, pull_number: pull, comment_id: first.id };
    await scene.stranger('mallory').rest.pulls.createReplyForReviewComment({ ...place, body: ignoring });
    await scene.as('carol').rest.pulls.createReplyForReviewComment({ ...place, body: '/db ignore' });
    await scene.settle();
    expect((await scene.checks(head))['database-lead/review']).toMatchObject({ conclusion: 'failure' });
    expect((await talk(scene, pull)).said).toEqual([expect.stringContaining('/db ignore because REASON')]);
  });
});

describe('a verdict', () => {
  const config = review('{ request-changes: true }');

  it('asks for changes where that is configured, once, and takes it back when they are made', async () => {
    const { scene, pull } = await pullWith({ [path]: careless }, config);
    await scene.commit('grace', 'work', { [path]: `-- A word.\n${careless}` });
    await scene.settle();
    expect((await scene.reviews(pull)).map(({ state }) => state)).toEqual(['CHANGES_REQUESTED']);
    await scene.commit('grace', 'work', { [path]: harmless, [down]: wayBack });
    await scene.settle();
    const states = (await scene.reviews(pull)).map(({ state }) => state);
    expect(states[0]).toBe('DISMISSED');
    expect(states).not.toContain('CHANGES_REQUESTED');
  });

  it('asks for changes when only the engine objects', async () => {
    const { scene, pull } = await pullWith({ [path]: `${wait}SELECT 1 / 0;\n`, [down]: 'SELECT 1;\n' }, config);
    expect(await scene.reviews(pull)).toEqual([
      expect.objectContaining({ state: 'CHANGES_REQUESTED', body: expect.stringContaining('22012') }),
    ]);
  });

  it('approves only where that is configured, and takes an approval back that a push outdates', async () => {
    const { scene, pull } = await pullWith({ [path]: harmless, [down]: wayBack });
    expect(await scene.reviews(pull)).toEqual([]);
    const other = await pullWith({ [path]: harmless, [down]: wayBack }, review('{ approve: true }'));
    expect((await other.scene.reviews(other.pull)).map(({ state }) => state)).toEqual(['APPROVED']);
    await other.scene.commit('grace', 'work', { [path]: careless });
    await other.scene.settle();
    expect((await other.scene.reviews(other.pull)).map(({ state }) => state)).toEqual(['DISMISSED', 'COMMENTED']);
  });
});

describe('a summary', () => {
  it('is one comment, edited in place', async () => {
    const { scene, pull } = await pullWith({ [path]: careless });
    expect(await scene.summary(pull)).toMatch(/\*\*1 blocking finding\*\* at \w{7}\. 🔴 1 error/);
    await scene.commit('grace', 'work', { [path]: harmless, [down]: wayBack });
    await scene.settle();
    const text = await scene.summary(pull);
    expect(text).toMatch(/\*\*No findings; Ran on postgresql/);
    expect(text).toContain('`AccessExclusiveLock`');
    await scene.commit('grace', 'work', { [path]: null, [down]: null, 'README.md': 'x' });
    await scene.settle();
    expect(await scene.summary(pull)).toContain('changes no migrations any more');
  });

  it('is empty where there is nothing to say and quiet is configured, and absent where there never was', async () => {
    const config = review('{ quiet: true }');
    const { scene, pull } = await pullWith({ [path]: harmless, [down]: wayBack }, config);
    expect(await scene.said(pull)).toEqual([]);
    await scene.commit('grace', 'work', { [path]: careless, [down]: 'DROP INDEX orders_placed_at;\n' });
    await scene.settle();
    expect(await scene.summary(pull)).toContain('1 blocking finding');
    await scene.commit('grace', 'work', { [path]: harmless, [down]: wayBack });
    await scene.settle();
    expect(await scene.summary(pull)).toMatch(/^Nothing to say about \w{7}\.$/);
  });

  it('of two pull requests that change one table tells each of the other, until one is closed', async () => {
    const { scene, pull } = await pullWith({ [path]: harmless, [down]: wayBack });
    await scene.commit('grace', 'other', {
      'db/migrations/0013_code.up.sql': `${wait}ALTER TABLE orders ADD COLUMN code text;\n`,
      'db/migrations/0013_code.down.sql': 'ALTER TABLE orders DROP COLUMN code;\n',
    });
    const other = await scene.pull('grace', 'other');
    await scene.commit('grace', 'third', {
      'db/migrations/0013_c.up.sql': 'CREATE TABLE c (id bigint PRIMARY KEY);\n',
    });
    const third = await scene.pull('grace', 'third');
    await scene.settle();
    expect(await scene.summary(pull)).toContain(`#${other}: \`public.orders\``);
    expect(await scene.summary(other)).toContain(`#${pull}: \`public.orders\``);
    expect(await scene.summary(third)).not.toContain('Also open');
    await scene.setState('grace', other, 'closed');
    await scene.settle();
    expect(await scene.summary(pull)).not.toContain('Also open');
  });
});

describe('lines', () => {
  it('of a file whose hunks GitHub does not show have their threads on the file', async () => {
    const filler = Array.from({ length: 21_000 }, (_, at) => `-- ${at}`).join('\n');
    const { scene, pull } = await pullWith({ [path]: `${careless}${filler}\n` });
    const { first } = await talk(scene, pull);
    expect(first).toMatchObject({ path, line: null });
    expect(first.body).toMatch(/^\[`db\/migrations\/0013_index.up.sql` line 3\]\(http\S+#L3\): /);
  });

  it.each([
    ['CRLF', (text: string) => text.replaceAll('\n', '\r\n')],
    ['a byte order mark', (text: string) => `\uFEFF${text}`],
    ['tabs and letters of several bytes', (text: string) => `\t/* 🦆 żółw 𝒳 */\t${text}`],
  ])('are right in a file with %s, and the suggestion too', async (_name, of) => {
    const { scene, pull } = await pullWith({ [path]: of(`${index}-- 🦆\nSELECT '🦆';\n`) });
    const { first } = await talk(scene, pull);
    expect(first.line).toBe(1);
    const [, suggestion] = /^```suggestion\n([\s\S]*?)\n```/m.exec(first.body) ?? [];
    if (suggestion === undefined) return;
    expect(suggestion).toContain(of(index).split('CREATE')[0]?.trim());
    expect(suggestion).toContain('CREATE INDEX CONCURRENTLY');
  });

  it('that only partly are in the diff get a comment on the part, and no suggestion', async () => {
    const scene = await stage.shop();
    const columns = (type: string) => Array.from({ length: 30 }, (_, at) => `  c${at} ${at === 20 ? type : 'bigint'}`);
    const table = (type: string) => `CREATE TABLE wide (\n${columns(type).join(',\n')}\n);\n`;
    await scene.commit('alice', 'main', { [path]: table('integer') });
    await scene.commit('grace', 'work', { [path]: table('json') });
    const pull = await scene.pull('grace', 'work');
    await scene.settle();
    const { first } = await talk(scene, pull, 'edited-migration');
    expect(first).toMatchObject({ path, line: null });
    for (const { line, startLine } of (await scene.threads(pull)).filter((each) => each.line !== null)) {
      expect(line).toBeGreaterThan(0);
      expect(startLine ?? line).toBeLessThanOrEqual(line ?? 0);
    }
  });

  it('get at most the configured number of threads, the gravest first; the rest is in the summary', async () => {
    const many = Array.from({ length: 6 }, (_, at) => `CREATE INDEX orders_${at} ON orders (placed_at, id);`);
    const { scene, pull } = await pullWith({ [path]: `${wait}${many.join('\n')}\n` }, review('{ max-threads: 3 }'));
    const first = await scene.threads(pull);
    expect(first).toHaveLength(3);
    expect(first.every(({ body }) => body.startsWith('🔴'))).toBe(true);
    expect((await scene.summary(pull)).match(/`require-concurrent-index`/g)).toHaveLength(6);
    await scene.commit('grace', 'work', { [path]: `${wait}${many.slice(3).join('\n')}\n` });
    await scene.settle();
    await scene.settle();
    expect((await scene.threads(pull)).filter(({ replyTo }) => !replyTo)).toHaveLength(6);
  });
});

it('says that a folder of migrations which became a submodule was not looked at', async () => {
  const scene = await stage.shop({
    [configFile]: plainConfig.replace('migrations: db/migrations', 'migrations: vendor/sql'),
  });
  const git = scene.as('grace').rest.git;
  const { data: tip } = await git.getRef({ ...scene.at, ref: 'heads/main' });
  const { data: tree } = await git.createTree({
    ...scene.at,
    base_tree: tip.object.sha,
    tree: [{ path: 'vendor/sql', mode: '160000', type: 'commit', sha: 'a'.repeat(40) }],
  });
  const { data: commit } = await git.createCommit({
    ...scene.at,
    message: 'x',
    tree: tree.sha,
    parents: [tip.object.sha],
  });
  await git.createRef({ ...scene.at, ref: 'refs/heads/work', sha: commit.sha });
  await scene.pull('grace', 'work');
  await scene.settle();
  const check = (await scene.checks(commit.sha))['database-lead/review'];
  expect(check).toMatchObject({ conclusion: 'neutral', title: '1 migration file could not be looked at' });
  expect(check?.summary).toContain('it is a submodule');
});

it('looks at a migration beyond the three thousand files that GitHub lists', async () => {
  const scene = await stage.shop();
  const git = scene.as('grace').rest.git;
  const { data: tip } = await git.getRef({ ...scene.at, ref: 'heads/main' });
  const files = Array.from({ length: 3_005 }, (_, at) => [`a/${at}.txt`, `${at}\n`]);
  const { data: tree } = await git.createTree({
    ...scene.at,
    base_tree: tip.object.sha,
    tree: [...files, [path, careless]].map(([path = '', content = '']) => ({
      path,
      content,
      mode: '100644',
      type: 'blob',
    })),
  });
  const parents = [tip.object.sha];
  const { data: commit } = await git.createCommit({ ...scene.at, message: 'x', tree: tree.sha, parents });
  await git.createRef({ ...scene.at, ref: 'refs/heads/work', sha: commit.sha });
  const pull = await scene.pull('grace', 'work');
  const { data: listed } = await scene.as('grace').rest.pulls.get({ ...scene.at, pull_number: pull });
  expect(listed.changed_files).toBe(3_006);
  await scene.settle();
  expect((await scene.checks(commit.sha))['database-lead/review']).toMatchObject({ title: '1 blocking finding' });
  expect(await scene.summary(pull)).toContain('`require-concurrent-index`');
}, 120_000);
