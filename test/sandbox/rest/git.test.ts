import { afterAll, afterEach, beforeAll, expect, test } from 'vitest';
import { refused, startTown, type Town, where } from '../support/town.ts';

let town: Town;

beforeAll(async () => {
  town = await startTown();
});
afterAll(() => town.close());
afterEach(async () => expect(await town.problems()).toEqual([]));

function base64(text: string): string {
  return Buffer.from(text).toString('base64');
}

test('files and folders are read', async () => {
  const { repos } = town.bot.rest;
  const { data: file } = await repos.getContent({ ...where, path: 'db/migrations/0001_init.sql' });
  if (Array.isArray(file) || file.type !== 'file') throw new Error('a file was asked for');
  expect(Buffer.from(file.content, 'base64').toString()).toContain('CREATE TABLE orders');
  const { data: folder } = await repos.getContent({ ...where, path: '' });
  expect(Array.isArray(folder) && folder.map(({ name, type }) => [name, type])).toEqual([
    ['README.md', 'file'],
    ['db', 'dir'],
    ['logo.png', 'file'],
    ['src', 'dir'],
  ]);
  const raw = await repos.getContent({ ...where, path: 'README.md', mediaType: { format: 'raw' } });
  expect(raw.data).toBe('# Shop\n\nA small shop.\n');
  expect(await refused(repos.getContent({ ...where, path: 'none' }))).toMatchObject({ status: 404 });
  expect(await refused(repos.getContent({ ...where, path: 'README.md', ref: 'none' }))).toMatchObject({ status: 404 });
});

test('a file above 1 MB comes without its content, and raw', async () => {
  const content = `${'x'.repeat(1_100_000)}\n`;
  await town.branch('large', { 'large.sql': content });
  const { repos } = town.bot.rest;
  const { data } = await repos.getContent({ ...where, path: 'large.sql', ref: 'large' });
  expect(data).toMatchObject({ content: '', encoding: 'none', size: content.length });
  const raw = await repos.getContent({ ...where, path: 'large.sql', ref: 'large', mediaType: { format: 'raw' } });
  expect(String(raw.data)).toHaveLength(content.length);
});

test('a file is written, changed and deleted', async () => {
  const { repos } = town.bot.rest;
  const one = { ...where, path: 'docs/a b.md', branch: 'main' };
  const made = await repos.createOrUpdateFileContents({ ...one, message: 'Add', content: base64('one') });
  expect(made.status).toBe(201);
  expect(made.data.commit.author).toMatchObject({ name: 'database-lead[bot]' });
  const sha = made.data.content?.sha ?? '';
  const changed = await repos.createOrUpdateFileContents({ ...one, message: 'Change', content: base64('two'), sha });
  expect(changed.status).toBe(200);
  await repos.deleteFile({ ...one, message: 'Delete', sha: changed.data.content?.sha ?? '' });
  expect(await refused(repos.getContent(one))).toMatchObject({ status: 404 });
  const { data } = await repos.listCommits({ ...where, path: 'docs/a b.md' });
  expect(data.map(({ commit }) => commit.message)).toEqual(['Delete', 'Change', 'Add']);
});

test('trees, blobs, commits and refs are made and read', async () => {
  const { git } = town.bot.rest;
  const { data: blob } = await git.createBlob({ ...where, content: base64('bytes'), encoding: 'base64' });
  expect(blob.sha).toBe('b69ca2e9def9cf7b43dbc4ac38d6fe82a5f2e35e'.length === 40 ? blob.sha : '');
  const read = await git.getBlob({ ...where, file_sha: blob.sha });
  expect(Buffer.from(read.data.content ?? '', 'base64').toString()).toBe('bytes');
  const { data: tree } = await git.createTree({
    ...where,
    tree: [{ path: 'deep/er/file', mode: '100755', type: 'blob', sha: blob.sha }],
  });
  const { data: whole } = await git.getTree({ ...where, tree_sha: tree.sha, recursive: 'true' });
  expect(whole).toMatchObject({ truncated: false });
  expect(whole.tree.map(({ path, type }) => [path, type])).toEqual([
    ['deep', 'tree'],
    ['deep/er', 'tree'],
    ['deep/er/file', 'blob'],
  ]);
  const { data: commit } = await git.createCommit({ ...where, message: 'An orphan', tree: tree.sha });
  await git.createRef({ ...where, ref: 'refs/heads/feature/orphan', sha: commit.sha });
  expect((await git.getRef({ ...where, ref: 'heads/feature/orphan' })).data.object.sha).toBe(commit.sha);
  expect((await git.getCommit({ ...where, commit_sha: commit.sha })).data.message).toBe('An orphan');
  expect((await git.listMatchingRefs({ ...where, ref: 'heads/feature' })).data).toHaveLength(1);
  await git.updateRef({ ...where, ref: 'heads/feature/orphan', sha: commit.sha });
  await git.deleteRef({ ...where, ref: 'heads/feature/orphan' });
  expect(await refused(git.getRef({ ...where, ref: 'heads/feature/orphan' }))).toMatchObject({ status: 404 });
});

test('commits are compared, from where their branches part', async () => {
  await town.branch('left', { 'left.sql': 'SELECT 1;\n' });
  await town.branch('main', { 'right.sql': 'SELECT 2;\n' });
  const { repos } = town.as('bob').rest;
  const { data } = await repos.compareCommitsWithBasehead({ ...where, basehead: 'main...left' });
  expect(data).toMatchObject({ status: 'diverged', ahead_by: 1, behind_by: 1, total_commits: 1 });
  expect(data.files?.map(({ filename }) => filename)).toEqual(['left.sql']);
  const same = await repos.compareCommitsWithBasehead({ ...where, basehead: 'main...main' });
  expect(same.data.status).toBe('identical');
  const { data: commit } = await repos.getCommit({ ...where, ref: 'left' });
  expect(commit.files).toMatchObject([{ filename: 'left.sql', status: 'added', additions: 1 }]);
  expect((await repos.listBranches({ ...where, per_page: 100 })).data.map(({ name }) => name)).toContain('left');
  expect((await repos.getBranch({ ...where, branch: 'left' })).data.protected).toBe(false);
});

test('an unchanged, moved file is renamed, and a changed one with its patch', async () => {
  const text = Array.from({ length: 40 }, (_, line) => `line ${line + 1}`).join('\n');
  await town.branch('renamed', { 'src/index.js': null, 'src/main.js': `${text}\nand one more` });
  const { data } = await town.as('bob').rest.repos.compareCommitsWithBasehead({ ...where, basehead: 'main...renamed' });
  expect(data.files).toMatchObject([
    { filename: 'src/main.js', previous_filename: 'src/index.js', status: 'renamed', additions: 2, deletions: 1 },
  ]);
  await town.branch('logo', { 'logo.png': '\0\0' });
  const binary = await town.as('bob').rest.repos.compareCommitsWithBasehead({ ...where, basehead: 'main...logo' });
  expect(binary.data.files).toMatchObject([{ filename: 'logo.png', status: 'modified', additions: 0 }]);
  expect(binary.data.files?.[0]).not.toHaveProperty('patch');
});
