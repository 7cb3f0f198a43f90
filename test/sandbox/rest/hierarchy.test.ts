import { afterAll, afterEach, beforeAll, expect, test } from 'vitest';
import { refused, startTown, type Town, where } from '../support/town.ts';

let town: Town;

beforeAll(async () => {
  town = await startTown();
});
afterAll(() => town.close());
afterEach(async () => expect(await town.problems()).toEqual([]));

async function open(title = 'x'): Promise<{ id: number; one: typeof where & { issue_number: number } }> {
  const { data } = await town.as('bob').rest.issues.create({ ...where, title });
  return { id: data.id, one: { ...where, issue_number: data.number } };
}

test('a sub-issue is linked by database id, listed, moved and taken away', async () => {
  const [parent, first, second] = [await open('parent'), await open('first'), await open('second')];
  const { issues } = town.bot.rest;
  await issues.addSubIssue({ ...parent.one, sub_issue_id: first.id });
  await issues.addSubIssue({ ...parent.one, sub_issue_id: second.id });
  expect((await issues.listSubIssues(parent.one)).data.map(({ title }) => title)).toEqual(['first', 'second']);
  await issues.reprioritizeSubIssue({ ...parent.one, sub_issue_id: second.id, before_id: first.id });
  expect((await issues.listSubIssues(parent.one)).data.map(({ title }) => title)).toEqual(['second', 'first']);
  expect((await issues.getParent(first.one)).data.title).toBe('parent');
  await issues.update({ ...first.one, state: 'closed' });
  const { data } = await issues.get(parent.one);
  expect(data).toMatchObject({ state: 'open', sub_issues_summary: { total: 2, completed: 1, percent_completed: 50 } });
  expect((await issues.get(first.one)).data.parent_issue_url).toMatch(/\/issues\/1$/);
  await issues.removeSubIssue({ ...parent.one, sub_issue_id: first.id });
  expect(await refused(issues.getParent(first.one))).toMatchObject({ status: 404 });
  await issues.listEventsForTimeline(parent.one);
  const told = (await town.told('sub_issues')).map(({ action }) => action);
  expect(told.slice(0, 2)).toEqual(['parent_issue_added', 'sub_issue_added']);
  expect(told.slice(-2)).toEqual(['parent_issue_removed', 'sub_issue_removed']);
});

test('numbers, texts, second parents and circles are refused', async () => {
  const [parent, child, other] = [await open(), await open(), await open()];
  const { issues } = town.as('bob').rest;
  const add = (one: typeof parent, id: unknown, replace_parent = false) =>
    issues.addSubIssue({ ...one.one, sub_issue_id: id as number, replace_parent });
  expect(await refused(add(parent, child.one.issue_number))).toMatchObject({ status: 404 });
  expect(await refused(add(parent, String(child.id)))).toMatchObject({ status: 422 });
  await add(parent, child.id);
  expect((await refused(add(parent, child.id))).message).toContain('duplicate sub-issues');
  expect((await refused(add(other, child.id))).message).toContain('only have one parent');
  expect((await refused(add(child, parent.id))).message).toContain('own ancestor');
  expect((await refused(add(other, other.id))).message).toContain('own ancestor');
  await add(other, child.id, true);
  expect((await issues.listSubIssues(parent.one)).data).toEqual([]);
  expect(await refused(issues.removeSubIssue({ ...parent.one, sub_issue_id: child.id }))).toMatchObject({
    status: 404,
  });
});

test('a parent has at most 100 sub-issues, closed ones included', async () => {
  const parent = await open('crowded');
  const { issues } = town.as('bob').rest;
  for (let count = 0; count < 100; count += 1) {
    const child = await open();
    await issues.addSubIssue({ ...parent.one, sub_issue_id: child.id });
    await issues.update({ ...child.one, state: 'closed' });
  }
  const last = await open();
  const answer = await refused(issues.addSubIssue({ ...parent.one, sub_issue_id: last.id }));
  expect(answer).toMatchObject({ status: 422 });
  expect(answer.message).toContain('more than 100 sub-issues');
  expect((await issues.listSubIssues({ ...parent.one, per_page: 500 })).data).toHaveLength(100);
});

test('the hierarchy is at most eight levels deep', async () => {
  const { issues } = town.as('bob').rest;
  let above = await open('level 1');
  for (let level = 2; level <= 8; level += 1) {
    const below = await open(`level ${level}`);
    await issues.addSubIssue({ ...above.one, sub_issue_id: below.id });
    above = below;
  }
  const ninth = await open('level 9');
  const answer = await refused(issues.addSubIssue({ ...above.one, sub_issue_id: ninth.id }));
  expect(answer.message).toContain('8 levels');
});

test('an issue is blocked by others, never in a circle', async () => {
  const [first, second, third] = [await open('first'), await open('second'), await open('third')];
  const { issues } = town.bot.rest;
  await issues.addBlockedByDependency({ ...second.one, issue_id: first.id });
  await issues.addBlockedByDependency({ ...third.one, issue_id: second.id });
  const blockers = await issues.listDependenciesBlockedBy(second.one);
  expect(blockers.data.map(({ title }) => title)).toEqual(['first']);
  const blocked = await issues.listDependenciesBlocking(second.one);
  expect(blocked.data.map(({ title }) => title)).toEqual(['third']);
  const circle = issues.addBlockedByDependency({ ...first.one, issue_id: third.id });
  expect(await refused(circle)).toMatchObject({ status: 422 });
  expect(await refused(issues.addBlockedByDependency({ ...first.one, issue_id: first.id }))).toMatchObject({
    status: 422,
  });
  expect(await refused(issues.addBlockedByDependency({ ...second.one, issue_id: first.id }))).toMatchObject({
    status: 422,
  });
  expect((await issues.get(second.one)).data.issue_dependencies_summary).toMatchObject({ blocked_by: 1, blocking: 1 });
  await issues.removeDependencyBlockedBy({ ...second.one, issue_id: first.id });
  expect((await issues.listDependenciesBlockedBy(second.one)).data).toEqual([]);
  const told = (await town.told('issue_dependencies')).map(({ action }) => action);
  expect(told).toEqual(expect.arrayContaining(['blocked_by_added', 'blocking_added', 'blocked_by_removed']));
});
