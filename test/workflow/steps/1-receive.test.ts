import { expect, it } from 'vitest';
import { receive } from '../../../src/workflow/steps/1-receive.ts';
import { anIssue, aRequest } from '../../support/pictures.ts';

const received = { id: 'received', comment: 1, digest: '', data: {} };
const mapped = { ...aRequest().config, roles: { 'project-manager': ['carol'] } };

it.each([
  ['acknowledges a request', aRequest(), ['received']],
  ['acknowledges it once', aRequest({ posts: [received] }), []],
  ['refuses who holds no role', aRequest({ config: mapped }), ['refusal/bob']],
  [
    'takes who holds a role',
    aRequest({ config: mapped, asker: { login: 'carol', permission: 'read', roles: ['project-manager'] } }),
    ['received'],
  ],
  [
    'refuses a reader where nobody is mapped',
    aRequest({ asker: { login: 'eve', permission: 'read', roles: [] } }),
    ['refusal/eve'],
  ],
  ['says that it is paused', aRequest({ label: { on: false, times: 2 }, posts: [received] }), ['paused/2']],
  ['says nothing where it never began', aRequest({ label: { on: false, times: 2 } }), []],
  ['leaves a closed issue alone', aRequest({ issue: anIssue({ open: false }) }), []],
  ['leaves a task alone', aRequest({ role: 'task' }), []],
])('%s', (_what, picture, expected) => {
  expect(
    receive.decide(picture).map((action) => (action.kind === 'post-comment' ? action.post.id : action.kind)),
  ).toEqual(expected);
});

it('says in a refusal who may ask', () => {
  const [action] = receive.decide(aRequest({ config: mapped }));
  expect(action?.kind === 'post-comment' && action.post.text).toContain('`carol`');
});
