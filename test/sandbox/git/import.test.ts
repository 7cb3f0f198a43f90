import { promises } from 'node:fs';
import { mkdtemp, readdir, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Octokit } from '@octokit/rest';
import * as git from 'isomorphic-git';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { importRepository, startSandbox } from '../../../src/sandbox/index.ts';

let directory: string;

beforeEach(async () => {
  directory = await mkdtemp(join(tmpdir(), 'sandbox-import-'));
});
afterEach(() => rm(directory, { recursive: true, force: true }));

const author = { name: 'somebody', email: 'somebody@example.test' };
const users = [{ login: 'bob', permission: 'write' }] as const;
const where = { owner: 'you', repo: 'mine' };

async function personsRepository(): Promise<string> {
  const at = { fs: { promises }, dir: directory };
  await git.init({ ...at, defaultBranch: 'main' });
  await writeFile(join(directory, 'a.sql'), 'SELECT 1;\n');
  await git.add({ ...at, filepath: 'a.sql' });
  await git.commit({ ...at, message: 'First', author });
  await git.annotatedTag({ ...at, ref: 'v1', message: 'one', tagger: author });
  await git.branch({ ...at, ref: 'topic', checkout: true });
  await writeFile(join(directory, 'b.sql'), 'SELECT 2;\n');
  await git.add({ ...at, filepath: 'b.sql' });
  const head = await git.commit({ ...at, message: 'Second', author });
  // Much of a real repository is packed.
  const objects = await git.packObjects({ ...at, oids: [head], write: true });
  expect(objects.filename).toBeTruthy();
  return head;
}

async function filesIn(folder: string): Promise<string[]> {
  return (await readdir(folder, { recursive: true })).sort();
}

test('a person’s repository is served, and never written', async () => {
  const head = await personsRepository();
  const before = await filesIn(join(directory, '.git'));
  const imported = await importRepository(directory);
  expect(imported).toMatchObject({ defaultBranch: 'main', refs: { 'refs/heads/topic': head } });
  expect(Object.keys(imported.refs).sort()).toEqual(['refs/heads/main', 'refs/heads/topic', 'refs/tags/v1']);
  const sandbox = await startSandbox();
  await sandbox.createRepository({
    owner: 'you',
    name: 'mine',
    imported,
    users,
  });
  const { rest } = new Octokit({ baseUrl: sandbox.apiUrl, auth: sandbox.tokenOf('bob') });
  const pull = await rest.pulls.create({ ...where, title: 'Mine', head: 'topic', base: 'main' });
  const { data: files } = await rest.pulls.listFiles({ ...where, pull_number: pull.data.number });
  expect(files.map(({ filename }) => filename)).toEqual(['b.sql']);
  await rest.pulls.merge({ ...where, pull_number: pull.data.number });
  expect((await rest.repos.getContent({ ...where, path: 'b.sql' })).status).toBe(200);
  await sandbox.close();
  expect(await filesIn(join(directory, '.git'))).toEqual(before);
});

test('what is no repository, or has no commits, is said to be so', async () => {
  await expect(importRepository(directory)).rejects.toThrow('is not a git repository');
  await git.init({ fs: { promises }, dir: directory, defaultBranch: 'main' });
  await expect(importRepository(directory)).rejects.toThrow('has no commits yet');
});

test('objects can be kept on disk, in a folder that git understands', async () => {
  const sandbox = await startSandbox({ directory });
  await sandbox.createRepository({ owner: 'you', name: 'mine', files: { 'a.sql': 'SELECT 1;\n' }, users });
  const { rest } = new Octokit({ baseUrl: sandbox.apiUrl, auth: sandbox.tokenOf('bob') });
  const content = Buffer.from('SELECT 2;\n').toString('base64');
  await rest.repos.createOrUpdateFileContents({ ...where, path: 'b.sql', message: 'Second', content });
  const { data } = await rest.git.getRef({ ...where, ref: 'heads/main' });
  await rest.git.createRef({ ...where, ref: 'refs/heads/gone', sha: data.object.sha });
  await rest.git.deleteRef({ ...where, ref: 'heads/gone' });
  await sandbox.close();
  const at = { fs: { promises }, gitdir: join(directory, 'you', 'mine.git') };
  expect((await git.log(at)).map(({ commit }) => commit.message)).toEqual(['Second\n', 'Initial commit\n']);
  expect(await git.listBranches(at)).toEqual(['main']);
});

test('a person’s repository can be copied to disk, too', async () => {
  await personsRepository();
  const copy = await mkdtemp(join(tmpdir(), 'sandbox-copy-'));
  const sandbox = await startSandbox({ directory: copy });
  const imported = await importRepository(directory);
  await sandbox.createRepository({ owner: 'you', name: 'mine', imported, users });
  await sandbox.close();
  const log = await git.log({ fs: { promises }, gitdir: join(copy, 'you', 'mine.git'), ref: 'topic' });
  expect(log.map(({ commit }) => commit.message)).toEqual(['Second\n', 'First\n']);
  await rm(copy, { recursive: true });
});
