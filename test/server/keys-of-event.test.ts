import examples from '@octokit/webhooks-examples';
import { describe, expect, it } from 'vitest';
import { keysOfEvent } from '../../src/server/keys-of-event.ts';
import { keyText, parseKey } from '../../src/workflow/key.ts';

const bot = 'database-lead[bot]';
const repository = { name: 'shop', full_name: 'acme/shop', default_branch: 'main' };
const sender = { login: 'bob' };
const sha = 'a'.repeat(40);
const other = 'b'.repeat(40);

const payloads = (examples as unknown as { name: string; examples: unknown[] }[]).flatMap(({ name, examples }) =>
  examples.map((payload, index) => [`${name} ${index + 1}`, name, payload] as const),
);

describe('keysOfEvent', () => {
  it.each([
    ['a labelled issue', 'issues', { action: 'labeled', issue: { number: 4 } }, ['acme/shop#4']],
    ['a comment on an issue', 'issue_comment', { issue: { number: 4 } }, ['acme/shop#4']],
    ['a comment on a pull request', 'issue_comment', { issue: { number: 5, pull_request: {} } }, ['acme/shop!5']],
    [
      'a new sub-issue',
      'sub_issues',
      { parent_issue: { number: 4 }, sub_issue: { number: 6 } },
      ['acme/shop#4', 'acme/shop#6'],
    ],
    [
      'a dependency',
      'issue_dependencies',
      { blocked_issue: { number: 7 }, blocking_issue: { number: 6 } },
      ['acme/shop#7', 'acme/shop#6'],
    ],
    [
      'a push to a pull request',
      'pull_request',
      { action: 'synchronize', pull_request: { number: 5 } },
      ['acme/shop!5'],
    ],
    ['a push to another branch', 'push', { ref: 'refs/heads/release/1 ü#!' }, ['acme/shop^release%2F1%20%C3%BC%23!']],
    ['a tag', 'push', { ref: 'refs/tags/v1' }, []],
    ['a resolved thread', 'pull_request_review_thread', { pull_request: { number: 5 } }, ['acme/shop!5']],
    [
      'a check asked for again',
      'check_run',
      { action: 'rerequested', check_run: { id: 9, head_sha: sha } },
      [`acme/shop?re-run/9/${sha}/bob`],
    ],
    [
      'every check of a commit asked for again',
      'check_suite',
      { action: 'rerequested', check_suite: { head_sha: sha, pull_requests: [] } },
      [`acme/shop?re-run/all/${sha}/bob`],
    ],
    [
      'a button',
      'check_run',
      { action: 'requested_action', check_run: { id: 9, head_sha: sha }, requested_action: { identifier: 'explain' } },
      [`acme/shop?explain/9/${sha}/bob`],
    ],
    [
      'a button that we do not have',
      'check_run',
      { action: 'requested_action', check_run: { id: 9, head_sha: sha }, requested_action: { identifier: '../x' } },
      [],
    ],
    ['a check of no commit', 'check_run', { action: 'rerequested', check_run: { id: 9, head_sha: 'main#1' } }, []],
    [
      'a group of the merge queue',
      'merge_group',
      {
        action: 'checks_requested',
        merge_group: { head_sha: sha, base_sha: other, head_ref: `refs/heads/gh-readonly-queue/main/pr-104-${other}` },
      },
      [`acme/shop=${sha}..${other}!104`],
    ],
    [
      'a group that is gone',
      'merge_group',
      { action: 'destroyed', reason: 'merged', merge_group: { head_sha: sha, base_sha: other } },
      [`acme/shop=-${sha}..${other}`],
    ],
    [
      'a group that is something else',
      'merge_group',
      { action: 'painted', merge_group: { head_sha: sha, base_sha: other } },
      [],
    ],
    ['a suite that GitHub opened', 'check_suite', { action: 'requested', check_suite: { head_sha: sha } }, []],
    ['a check that was made', 'check_run', { action: 'created', check_run: { pull_requests: [{ number: 5 }] } }, []],
    ['a push to the default branch', 'push', { ref: 'refs/heads/main' }, ['acme/shop']],
    ['a deployment', 'deployment_status', {}, ['acme/shop']],
    ['a star', 'star', { action: 'created' }, []],
    ['an event that does not exist yet', 'quantum_entangled', { action: 'created' }, []],
  ])('%s', (_what, event, body, expected) => {
    expect(keysOfEvent(event, { repository, sender, ...body }, bot).map(keyText)).toEqual(expected);
  });

  it('does not follow its own steps, but those of other bots', () => {
    const comment = (login: string) =>
      keysOfEvent('issue_comment', { repository, sender: { login }, issue: { number: 4 } }, bot);
    expect(comment(bot)).toEqual([]);
    expect(comment('copilot-swe-agent[bot]').map(keyText)).toEqual(['acme/shop#4']);
  });

  it('names every repository of an installation', () => {
    const installation = { action: 'created', repositories: [{ full_name: 'acme/shop' }, { full_name: 'acme/blog' }] };
    expect(keysOfEvent('installation', installation, bot).map(keyText)).toEqual(['acme/shop', 'acme/blog']);
  });

  it.each([
    ['nothing', null],
    ['a text', 'issues'],
    ['a list', []],
    ['no repository', {}],
    ['an empty name', { repository: { full_name: '' } }],
    ['a broken issue', { repository, sender, issue: { number: '4' } }],
  ])('makes nothing of %s', (_what, payload) => {
    expect(keysOfEvent('issues', payload, bot)).toEqual([]);
  });

  it.each(payloads)('takes the published example %s', (_title, event, payload) => {
    for (const key of keysOfEvent(event, payload, bot)) expect(parseKey(keyText(key))).toEqual(key);
  });

  it('has examples to take', () => {
    expect(payloads.length).toBeGreaterThan(100);
  });
});
