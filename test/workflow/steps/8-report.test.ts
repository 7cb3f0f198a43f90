import { describe, expect, it } from 'vitest';
import { report } from '../../../src/workflow/steps/8-report.ts';
import { aChild, anIssue, aPlanPicture, aRequest, merged, red } from '../../support/pictures.ts';

const finished = aChild({ open: false, stateReason: 'completed', pulls: [merged()] });
const done = aRequest({ plan: aPlanPicture(), children: [finished] });
const kinds = (picture: Parameters<typeof report.decide>[0]) =>
  report.decide(picture).map((action) => (action.kind === 'post-comment' ? action.post.id.split('/')[0] : action.kind));

describe('report', () => {
  it('reports and closes when every gate is green', () => {
    expect(kinds(done)).toEqual(['report', 'close-issue']);
  });

  it('closes after a crash between the two', () => {
    const [first] = report.decide(done);
    const posts = first?.kind === 'post-comment' ? [{ ...first.post, comment: 1, digest: '' }] : [];
    expect(kinds({ ...done, posts })).toEqual(['close-issue']);
  });

  it.each([
    ['a task is open', { children: [aChild({ pulls: [merged()] })] }],
    ['a pull request is not merged', { children: [aChild({ open: false, stateReason: 'completed' })] }],
    [
      'a merge went against a failing check',
      { children: [aChild({ open: false, pulls: [merged({ checks: [red] })] })] },
    ],
    ['a sign-off is missing', { config: { ...done.config, signOff: ['qa-lead'] } }],
    ['an environment has not got it', { config: { ...done.config, environments: ['staging'] } }],
    ['nothing was delegated', { children: [] }],
  ])('waits while %s', (_why, facts) => {
    expect(kinds({ ...done, ...facts })).toEqual([]);
  });

  it('counts a deployment only when it has every merge', () => {
    const config = { ...done.config, environments: ['staging'] };
    const deployed = (contains: readonly string[], state: 'success' | 'failure') => [
      { id: 1, environment: 'staging', sha: 'b'.repeat(40), createdAt: '', state, contains },
    ];
    expect(kinds({ ...done, config, deployments: deployed([], 'success') })).toEqual([]);
    expect(kinds({ ...done, config, deployments: deployed(['a'.repeat(40)], 'failure') })).toEqual([]);
    expect(kinds({ ...done, config, deployments: deployed(['a'.repeat(40)], 'success') })).toEqual([
      'report',
      'close-issue',
    ]);
  });

  it('does not fight a person who opens the issue again', () => {
    const reopened = { ...done, issue: anIssue({ labels: ['database', 'db:done'] }) };
    expect(kinds(reopened)).toEqual(['reopened']);
    const [said] = report.decide(reopened);
    const posts = said?.kind === 'post-comment' ? [{ ...said.post, comment: 1, digest: '' }] : [];
    expect(kinds({ ...done, posts })).toEqual([]);
  });

  it('opens the issue again when a gate is no longer green', () => {
    const closed = anIssue({ open: false, stateReason: 'completed', labels: ['database', 'db:done'] });
    const posts = [{ id: 'report/x', comment: 1, digest: '', data: {} }];
    const children = [aChild({ open: true, reopenedAt: '2026-11-03T00:00:00Z', pulls: [merged()] })];
    expect(kinds({ ...done, issue: closed, posts, children })).toEqual(['reopen-issue', 'back']);
    expect(kinds({ ...done, issue: closed, posts })).toEqual([]);
    expect(kinds({ ...done, issue: { ...closed, stateReason: 'not_planned' }, posts, children })).toEqual([]);
  });
});
