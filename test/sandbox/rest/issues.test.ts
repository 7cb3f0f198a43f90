import { afterAll, afterEach, beforeAll, expect, test } from 'vitest';
import { refused, startTown, type Town, where } from '../support/town.ts';

let town: Town;

beforeAll(async () => {
  town = await startTown();
});
afterAll(() => town.close());
afterEach(async () => expect(await town.problems()).toEqual([]));

async function open(title: string, by = 'bob'): Promise<{ id: number; issue_number: number }> {
  const { data } = await town.as(by).rest.issues.create({ ...where, title });
  return { id: data.id, issue_number: data.number };
}

test('an issue is opened, labelled, assigned, closed and reopened, and the App is told', async () => {
  const bob = town.as('bob').rest.issues;
  const { data: made } = await bob.create({
    ...where,
    title: 'Add a column',
    body: 'please',
    labels: ['database'],
    assignees: ['carol'],
  });
  expect(made).toMatchObject({ state: 'open', title: 'Add a column', user: { login: 'bob' } });
  expect(made.labels).toMatchObject([{ name: 'database', color: '0e8a16' }]);
  expect(made.id).not.toBe(made.number);
  const one = { ...where, issue_number: made.number };
  await bob.addLabels({ ...one, labels: ['new label'] });
  await bob.removeLabel({ ...one, name: 'database' });
  await bob.setLabels({ ...one, labels: ['database', 'bug'] });
  await bob.removeAssignees({ ...one, assignees: ['carol'] });
  await bob.addAssignees({ ...one, assignees: ['tina'] });
  await bob.update({ ...one, title: 'Add two columns', body: 'pretty please' });
  await bob.update({ ...one, state: 'closed', state_reason: 'not_planned' });
  const { data: closed } = await bob.get(one);
  expect(closed).toMatchObject({ state: 'closed', state_reason: 'not_planned', closed_by: { login: 'bob' } });
  await bob.update({ ...one, state: 'open' });

  expect((await town.told('issues')).map(({ action }) => action).join(' ')).toBe(
    'opened labeled assigned labeled unlabeled unlabeled labeled labeled unassigned assigned edited closed reopened',
  );
  const { data: events } = await bob.listEvents(one);
  expect(events.map(({ event }) => event)).toEqual(expect.arrayContaining(['labeled', 'renamed', 'reopened']));
  const { data: timeline } = await bob.listEventsForTimeline(one);
  expect(timeline.length).toBeGreaterThanOrEqual(events.length);
});

test('lists are filtered, sorted and paged with links', async () => {
  const bob = town.as('bob').rest.issues;
  for (const number of [1, 2, 3]) await bob.create({ ...where, title: `listed ${number}`, labels: ['listed'] });
  const { data: newest } = await bob.listForRepo({ ...where, labels: 'LISTED' });
  expect(newest.map(({ title }) => title)).toEqual(['listed 3', 'listed 2', 'listed 1']);
  const first = await bob.listForRepo({ ...where, labels: 'listed', per_page: 2, direction: 'asc' });
  expect(first.data.map(({ title }) => title)).toEqual(['listed 1', 'listed 2']);
  expect(first.headers.link).toContain('rel="next"');
  const all = await town.as('bob').paginate(bob.listForRepo, { ...where, labels: 'listed', per_page: 1 });
  expect(all).toHaveLength(3);
  expect((await bob.listForRepo({ ...where, labels: 'listed,bug', state: 'all' })).data).toEqual([]);
  expect((await bob.listForRepo({ ...where, creator: 'bob', state: 'closed' })).data).toEqual([]);
  const later = await bob.listForRepo({ ...where, since: '2999-01-01T00:00:00Z', state: 'all' });
  expect(later.data).toEqual([]);
});

test('comments are written, edited, listed and deleted, and the App is told what they said before', async () => {
  const one = { ...where, ...(await open('talk')) };
  const carol = town.as('carol').rest.issues;
  const { data: comment } = await carol.createComment({ ...one, body: 'first' });
  await carol.updateComment({ ...where, comment_id: comment.id, body: 'second' });
  expect((await carol.getComment({ ...where, comment_id: comment.id })).data.body).toBe('second');
  expect((await carol.listComments(one)).data).toHaveLength(1);
  expect((await carol.listCommentsForRepo(where)).data.map(({ id }) => id)).toContain(comment.id);
  await carol.deleteComment({ ...where, comment_id: comment.id });
  expect((await carol.listComments(one)).data).toHaveLength(0);
  const told = await town.told('issue_comment');
  expect(told.map(({ action }) => action)).toEqual(['created', 'edited', 'deleted']);
  expect(told[1]).toMatchObject({ changes: { body: { from: 'first' } }, comment: { body: 'second' } });
});

test('a comment of the App says so', async () => {
  const one = { ...where, ...(await open('for the App')) };
  const { data } = await town.bot.rest.issues.createComment({ ...one, body: 'hello' });
  expect(data.user).toMatchObject({ login: 'database-lead[bot]', type: 'Bot' });
  expect(data.performed_via_github_app?.slug).toBe('database-lead');
});

test('labels are created, renamed, described and deleted', async () => {
  const bob = town.as('bob').rest.issues;
  await bob.createLabel({ ...where, name: 'db:planned', color: 'ABCDEF', description: 'has a plan' });
  expect((await bob.getLabel({ ...where, name: 'DB:PLANNED' })).data.color).toBe('abcdef');
  expect(await refused(bob.createLabel({ ...where, name: 'Db:Planned' }))).toMatchObject({
    status: 422,
    errors: [{ resource: 'Label', code: 'already_exists', field: 'name' }],
  });
  await bob.updateLabel({ ...where, name: 'db:planned', new_name: 'db:done' });
  expect((await bob.listLabelsForRepo({ ...where, per_page: 100 })).data.map(({ name }) => name)).toContain('db:done');
  const one = { ...where, ...(await open('with a label')) };
  await bob.addLabels({ ...one, labels: ['db:done'] });
  await bob.deleteLabel({ ...where, name: 'db:done' });
  expect((await bob.listLabelsOnIssue(one)).data).toEqual([]);
});

test('mentions become cross-references once, and code does not mention', async () => {
  const target = await open('mentioned');
  const source = await open('mentions');
  const one = { ...where, issue_number: source.issue_number };
  const body = `see #${target.issue_number}, again #${target.issue_number} and \`#1\``;
  await town.as('bob').rest.issues.createComment({ ...one, body });
  await town.as('bob').rest.issues.createComment({ ...one, body });
  const { data } = await town
    .as('bob')
    .rest.issues.listEventsForTimeline({ ...where, issue_number: target.issue_number });
  expect(data.filter(({ event }) => event === 'cross-referenced')).toHaveLength(1);
});

test('an answer that has not changed is not sent again', async () => {
  const one = { ...where, ...(await open('cached')) };
  const bob = town.as('bob');
  const { headers } = await bob.rest.issues.get(one);
  expect(headers['x-github-request-id']).toBeTruthy();
  const again = bob.request('GET /repos/{owner}/{repo}/issues/{issue_number}', {
    ...one,
    headers: { 'if-none-match': headers.etag ?? '' },
  });
  await expect(again).rejects.toMatchObject({ status: 304 });
  await bob.rest.issues.update({ ...one, body: 'changed' });
  expect((await bob.rest.issues.get(one)).headers.etag).not.toBe(headers.etag);
});
