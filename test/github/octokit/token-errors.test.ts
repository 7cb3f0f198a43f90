import { describe, expect, it } from 'vitest';
import { explained, permissionsIn } from '../../../src/github/octokit/token-errors.ts';
import { Forbidden, NotInstalled } from '../../../src/github/port.ts';
import { TerminalError } from '../../../src/kernel/errors.ts';

/** An error as Octokit throws it. */
function failed(status: number, message: string, headers: Readonly<Record<string, string>> = {}) {
  return Object.assign(new Error(message), { status, response: { status, headers } });
}

const spent = { 'x-ratelimit-remaining': '0', 'x-ratelimit-limit': '1000', 'x-ratelimit-reset': '1800000000' };

describe('what went wrong with a token', () => {
  it.each([
    ['a wrong one', failed(401, 'Bad credentials'), 'does not accept the token', "a workflow's token ends"],
    ['one that ended', new NotInstalled('acme/shop', undefined), 'does not accept the token', 'valid'],
    ['a missing permission', new Forbidden('pull', 'pull_requests=read', undefined), 'pull', '`pull-requests: read`'],
    ['an unnamed one', new Forbidden('pull', undefined, undefined), 'not allowed: pull', 'Give it the permission'],
    [
      'single sign-on',
      failed(403, 'Resource protected by organization SAML enforcement.'),
      'single sign-on',
      'Authorize',
    ],
    [
      'the hourly limit',
      failed(403, 'API rate limit exceeded', spent),
      '(1000) are used up until 2027-01-15T08:00:00Z',
      '',
    ],
    ['the same as 429', failed(429, 'too many', spent), 'used up until', 'after that'],
    [
      'the same in GraphQL',
      Object.assign(new Error('GraphQL Rate Limit Exceeded'), { response: { headers: spent } }),
      'used up until',
      '',
    ],
    [
      'a limit without an end',
      failed(403, 'API rate limit exceeded', { 'x-ratelimit-remaining': '0' }),
      'until the hour ends',
      '',
    ],
    [
      'a secondary limit',
      failed(403, 'You have exceeded a secondary rate limit', { 'retry-after': '30' }),
      'wait 30 s',
      'fewer',
    ],
    ['one that does not say how long', failed(429, 'You have exceeded a secondary rate limit'), 'wait 60 s', ''],
    ['a private repository', failed(404, 'Not Found'), 'GitHub refuses: Not Found', 'contents'],
    ['an outage', failed(502, 'Bad gateway\n<html>'), 'cannot be reached, or fails: Bad gateway', 'not posted twice'],
    ['a review that is refused', failed(422, 'Validation Failed'), 'GitHub refuses: Validation Failed', ''],
    ['an error of GraphQL', { errors: [{ message: 'Something\nelse' }] }, 'GitHub refuses: Something', ''],
  ])('%s', (_, error, message, remedy) => {
    const told = explained(error);
    expect(told).toBeInstanceOf(TerminalError);
    expect((told as TerminalError).message).toContain(message);
    expect((told as TerminalError).message).not.toContain('\n');
    expect((told as TerminalError).remedy).toContain(remedy);
  });

  it('leaves alone what has nothing to do with it', () => {
    for (const error of [new Error('ours'), undefined, null, 'text']) expect(explained(error)).toBe(error);
    const known = new TerminalError('said', 'and done');
    expect(explained(known)).toBe(known);
  });

  it('spells permissions as a workflow does', () => {
    expect(permissionsIn('pull_requests=write; security_events=write')).toBe(
      '`pull-requests: write` or `security-events: write`',
    );
    expect(permissionsIn(undefined)).toBeUndefined();
  });
});
