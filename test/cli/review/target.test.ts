import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { pullOfEvent } from '../../../src/cli/review/event.ts';
import { readTarget } from '../../../src/cli/review/target.ts';
import { workspace } from '../workspace.ts';

const api = 'https://api.github.com';
const house = 'https://git.acme.example/api/v3';

describe('the pull request of --pr', () => {
  it.each([
    ['acme/shop#12', api],
    ['https://github.com/acme/shop/pull/12', api],
    ['https://github.com/acme/shop/pull/12/files?w=1#diff', api],
    ['https://git.acme.example/acme/shop/pull/12', house],
    ['https://acme.ghe.com/acme/shop/pull/12', 'https://api.acme.ghe.com'],
  ])('%s', (given, apiUrl) => {
    expect(readTarget(given, apiUrl, undefined)).toEqual({ owner: 'acme', repo: 'shop', number: 12 });
  });

  it('may be a number where the repository is known', () => {
    for (const given of ['12', '#12'])
      expect(readTarget(given, api, 'acme/shop')).toEqual({ owner: 'acme', repo: 'shop', number: 12 });
  });

  it.each([
    '',
    'acme/shop',
    'acme/shop#',
    'acme/shop#1x',
    'acme/shop#12345678901',
    'acme/../shop#1',
    'acme/shöp#1',
    'https://github.com/acme/shop/issues/12',
    'https://github.com.evil.example/acme/shop/pull/12',
    'https://git.acme.example/acme/shop/pull/12',
    'javascript:alert(1)',
    'https://',
  ])('is none: %j', (given) => {
    expect(() => readTarget(given, api, 'acme/shop')).toThrow(/--pr is|the pull request is on/);
  });
});

describe('the pull request of an event', () => {
  const of = (event: string, name = 'push') => {
    const path = join(workspace({ event }), 'event');
    return pullOfEvent({ GITHUB_EVENT_PATH: path, GITHUB_EVENT_NAME: name });
  };

  it.each([
    [{ pull_request: { number: 7 } }],
    [{ issue: { number: 7, pull_request: { url: 'x' } } }],
    [{ merge_group: { head_ref: 'refs/heads/gh-readonly-queue/main/pr-7-0123456789abcdef' } }],
    [{ merge_group: { head_ref: 'refs/heads/gh-readonly-queue/pr-1-fix/pr-7-0123456789abcdef' } }],
    [{ inputs: { pr: '7' } }],
  ])('%j', (event) => {
    expect(of(JSON.stringify(event))).toBe('7');
  });

  it.each(['{}', 'null', '[]', '"x"', '{"issue":{"number":7}}', '{"inputs":{"pr":""}}', '{"pull_request":null}'])(
    'is none: %s',
    (event) => expect(() => of(event)).toThrow('the event push names no pull request'),
  );

  it('is none where there is no event, or none that can be read', () => {
    expect(() => pullOfEvent({})).toThrow('no pull request named');
    expect(() => of('{')).toThrow('cannot be read');
    expect(() => pullOfEvent({ GITHUB_EVENT_PATH: '/nowhere/event.json' })).toThrow('cannot be read');
  });
});
