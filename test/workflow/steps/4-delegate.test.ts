import { describe, expect, it } from 'vitest';
import { delegate } from '../../../src/workflow/steps/4-delegate.ts';
import { aChild, aPlan, aPlanPicture, aRecord, aRequest, aTask } from '../../support/pictures.ts';

const two = aRecord({
  plan: aPlan({ tasks: [aTask(), aTask({ id: 'T2', title: 'Then index it', dependsOn: ['T1'] })] }),
});
const config = {
  ...aRequest().config,
  specialists: [{ name: 'database-specialist', engines: ['*' as const], assignees: ['grace', 'heidi'] }],
};

describe('delegate', () => {
  it.each([
    ['before there is a plan', aRequest()],
    ['before the plan is posted', aRequest({ plan: (({ post: _post, ...rest }) => rest)(aPlanPicture()) })],
    ['before a director has agreed', aRequest({ plan: aPlanPicture({ approval: { kind: 'waiting' } }) })],
    [
      'after a director has refused',
      aRequest({ plan: aPlanPicture({ approval: { kind: 'refused', by: 'alice', at: '', reason: 'no' } }) }),
    ],
    ['while it is paused', aRequest({ label: { on: false, times: 2 }, plan: aPlanPicture() })],
    ['when everything is handed out', aRequest({ plan: aPlanPicture(), children: [aChild()] })],
  ])('does nothing %s', (_when, picture) => {
    expect(delegate.decide(picture)).toEqual([]);
  });

  it('opens one sub-issue a task, for the least busy first', () => {
    const picture = aRequest({ config, plan: aPlanPicture({ record: two }), workload: new Map([['grace', 1]]) });
    const opened = delegate
      .decide(picture)
      .map((action) => action.kind === 'open-sub-issue' && [action.task, action.assignees]);
    expect(opened).toEqual([
      ['T1', ['heidi']],
      ['T2', ['grace']],
    ]);
  });

  it('opens only what is missing, and orders what is there', () => {
    const children = [aChild(), aChild({ id: 1_044, number: 44 }, { task: 'T2', linked: false })];
    const decided = delegate.decide(aRequest({ config, plan: aPlanPicture({ record: two }), children }));
    expect(decided).toMatchObject([
      { kind: 'link-sub-issue', parent: 42, child: 44, childId: 1_044 },
      { kind: 'block-sub-issue', issue: 44, by: 43, byId: 1_043 },
    ]);
  });

  it('does not ask for an order that the server cannot keep', () => {
    const place = { ...aRequest().place, without: new Map([['dependencies', { kind: 'server' }]] as const) };
    const children = [aChild(), aChild({ number: 44 }, { task: 'T2' })];
    expect(delegate.decide(aRequest({ config, place, plan: aPlanPicture({ record: two }), children }))).toEqual([]);
  });

  it('says once that nobody is assigned', () => {
    const picture = aRequest({ plan: aPlanPicture(), children: [aChild({ assignees: [] })] });
    expect(delegate.decide(picture)).toMatchObject([{ kind: 'post-comment', post: { id: 'unassigned/43' } }]);
    const posts = [{ id: 'unassigned/43', comment: 1, digest: '', data: {} }];
    expect(delegate.decide({ ...picture, posts })).toEqual([]);
  });

  it('puts the criteria where a review finds them again', () => {
    const [opened] = delegate.decide(aRequest({ config, plan: aPlanPicture() }));
    expect(opened?.kind === 'open-sub-issue' && opened.data).toEqual({
      parent: 42,
      task: 'T1',
      database: 'main',
      criteria: [{ text: 'It is there', sql: 'SELECT true' }],
    });
  });
});
