import { afterAll, afterEach, beforeAll, expect, test } from 'vitest';
import { startTown, type Town, where } from '../support/town.ts';

let town: Town;

beforeAll(async () => {
  town = await startTown();
});
afterAll(() => town.close());
afterEach(async () => expect(await town.problems()).toEqual([]));

function send(path: string, init: RequestInit = {}, login = 'bob') {
  const headers = { authorization: `token ${town.sandbox.tokenOf(login)}`, ...init.headers };
  return fetch(town.sandbox.apiUrl + path, { ...init, headers });
}

const usedIn = (response: Response) => Number(response.headers.get('x-ratelimit-used'));

test('every answer says what is left of the hour, for each asker apart', async () => {
  const first = await send('/user');
  const second = await send('/user');
  expect(usedIn(second)).toBe(usedIn(first) + 1);
  expect(Number(second.headers.get('x-ratelimit-remaining'))).toBe(5_000 - usedIn(second));
  expect(Number(second.headers.get('x-ratelimit-reset')) * 1000).toBeGreaterThan(Date.now());
  expect(usedIn(await send('/user', {}, 'carol'))).toBe(1);
  const nobody = await fetch(`${town.sandbox.apiUrl}/users/bob`);
  expect(nobody.headers.get('x-ratelimit-limit')).toBe('60');
  const refusal = await send('/repos/acme/none');
  expect([refusal.status, usedIn(refusal)]).toEqual([404, usedIn(second) + 1]);
});

test('an answer that is known already is empty and costs nothing', async () => {
  const first = await send('/repos/acme/shop/issues');
  const etag = first.headers.get('etag') ?? '';
  const known = await send('/repos/acme/shop/issues', { headers: { 'if-none-match': etag } });
  expect([known.status, await known.text(), usedIn(known)]).toEqual([304, '', usedIn(first)]);
  await town.as('bob').rest.issues.create({ ...where, title: 'news' });
  const news = await send('/repos/acme/shop/issues', { headers: { 'if-none-match': etag } });
  expect([news.status, ((await news.json()) as unknown[]).length]).toEqual([200, 1]);
});

test('the head of an answer comes without its body, and no body means no content', async () => {
  const [head, whole] = [await send('/repos/acme/shop', { method: 'HEAD' }), await send('/repos/acme/shop')];
  expect([head.status, await head.text()]).toEqual([200, '']);
  expect(head.headers.get('content-length')).toBe(String((await whole.arrayBuffer()).byteLength));
  const empty = await send('/repos/acme/shop/assignees/bob');
  expect([empty.status, empty.headers.get('content-type')]).toEqual([204, null]);
});

test('an installation that may not is told which permission would do', async () => {
  const header = 'x-accepted-github-permissions';
  const protection = town.bot.rest.repos.getBranchProtection({ ...where, branch: 'main' });
  await expect(protection).rejects.toMatchObject({ response: { headers: { [header]: 'administration=read' } } });
  const { data: issue } = await town.bot.rest.issues.create({ ...where, title: 'an issue' });
  const missing = ['issues', 'pull_requests'].map((permission) =>
    town.sandbox.faults.add({ kind: 'forbidden', permission }),
  );
  const create = town.bot.rest.issues.create({ ...where, title: 'x' });
  await expect(create).rejects.toMatchObject({ response: { headers: { [header]: 'issues=write' } } });
  const list = town.bot.rest.issues.listForRepo(where);
  await expect(list).rejects.toMatchObject({ response: { headers: { [header]: 'issues=read; pull_requests=read' } } });
  for (const fault of missing) town.sandbox.faults.remove(fault);
  expect((await town.bot.rest.issues.get({ ...where, issue_number: issue.number })).headers[header]).toBeUndefined();
});

test('texts of every script survive the wire, in bodies, names and paths', async () => {
  const bob = town.as('bob').rest;
  const title = 'Größe 👩‍👩‍👧 بحث "quoted" <b>';
  const label = 'größe/👍 %41';
  const { data } = await bob.issues.create({ ...where, title, labels: [label] });
  expect((await bob.issues.getLabel({ ...where, name: label })).data.name).toBe(label);
  await bob.issues.removeLabel({ ...where, issue_number: data.number, name: label });
  expect((await bob.issues.get({ ...where, issue_number: data.number })).data).toMatchObject({ title, labels: [] });
  const path = 'ordner/größe %41 #?.sql';
  const content = Buffer.from(title).toString('base64');
  await bob.repos.createOrUpdateFileContents({ ...where, path, message: title, content });
  const read = await bob.repos.getContent({ ...where, path, mediaType: { format: 'raw' } });
  expect(read.data).toBe(title);
});

test('what many write at once happens one after the other', async () => {
  const bob = town.as('bob').rest;
  const { data: parent } = await bob.issues.create({ ...where, title: 'parent' });
  const made = await Promise.all(
    Array.from({ length: 20 }, async (_, at) => {
      const { data } = await bob.issues.create({ ...where, title: `at once ${at}`, labels: ['at once'] });
      await bob.issues.addSubIssue({ ...where, issue_number: parent.number, sub_issue_id: data.id });
      return data.number;
    }),
  );
  expect(new Set(made).size).toBe(20);
  const { data: labels } = await bob.issues.listLabelsForRepo({ ...where, per_page: 100 });
  expect(labels.filter(({ name }) => name === 'at once')).toHaveLength(1);
  const { data: now } = await bob.issues.get({ ...where, issue_number: parent.number });
  expect(now.sub_issues_summary).toMatchObject({ total: 20 });

  const writes = Array.from({ length: 10 }, (_, at) =>
    bob.repos.createOrUpdateFileContents({ ...where, path: `at-once/${at}.txt`, message: `${at}`, content: '' }),
  );
  await Promise.all(writes);
  const { data: files } = await bob.repos.getContent({ ...where, path: 'at-once' });
  expect(files).toHaveLength(10);
  const { data: commits } = await bob.repos.listCommits({ ...where, path: 'at-once' });
  expect(commits).toHaveLength(10);

  const { data: main } = await bob.git.getRef({ ...where, ref: 'heads/main' });
  const same = { ...where, ref: 'refs/heads/claimed', sha: main.object.sha };
  const claims = await Promise.allSettled(Array.from({ length: 5 }, () => bob.git.createRef(same)));
  expect(claims.filter(({ status }) => status === 'fulfilled')).toHaveLength(1);
});
