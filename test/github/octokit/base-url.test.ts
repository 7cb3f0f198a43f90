import { describe, expect, it } from 'vitest';
import { apiUrlFrom } from '../../../src/github/octokit/base-url.ts';

describe('the address of the API', () => {
  const server = 'https://ghe.example/api/v3';

  it.each([
    ['nothing', {}, 'https://api.github.com'],
    ['empty variables', { GITHUB_API_URL: '', GITHUB_GRAPHQL_URL: '', GHE_HOST: '' }, 'https://api.github.com'],
    [
      'what Actions sets on GitHub.com',
      { GITHUB_API_URL: 'https://api.github.com', GITHUB_GRAPHQL_URL: 'https://api.github.com/graphql' },
      'https://api.github.com',
    ],
    ['an API', { GITHUB_API_URL: 'https://ghe.example/api/v3//' }, server],
    [
      'what Actions sets on a server',
      { GITHUB_API_URL: server, GITHUB_GRAPHQL_URL: 'https://ghe.example/api/graphql' },
      server,
    ],
    ['GraphQL alone', { GITHUB_GRAPHQL_URL: 'https://ghe.example/api/graphql' }, server],
    ['GraphQL as older pages have it', { GITHUB_GRAPHQL_URL: 'https://ghe.example/api/v3/graphql' }, server],
    ['a host', { GHE_HOST: 'ghe.example' }, server],
    [
      'a host with a port and its protocol',
      { GHE_HOST: 'localhost:4000', GHE_PROTOCOL: 'http' },
      'http://localhost:4000/api/v3',
    ],
    [
      'all of them',
      { GHE_HOST: 'ghe.example', GITHUB_API_URL: server, GITHUB_GRAPHQL_URL: 'https://ghe.example/api/graphql' },
      server,
    ],
  ])('from %s', (_what, env, expected) => {
    expect(apiUrlFrom(env)).toBe(expected);
  });

  it.each([
    [
      'two servers',
      { GHE_HOST: 'ghe.example', GITHUB_API_URL: 'https://api.github.com' },
      /GITHUB_API_URL says https:\/\/api\.github\.com, but GHE_HOST says https:\/\/ghe\.example/,
    ],
    ['an address as a host', { GHE_HOST: 'https://ghe.example' }, /GHE_HOST is https:\/\/ghe\.example/],
    ['a protocol that is none', { GHE_HOST: 'ghe.example', GHE_PROTOCOL: 'ftp' }, /GHE_PROTOCOL is ftp/],
    ['an API that is no address', { GITHUB_API_URL: 'ghe.example' }, /GITHUB_API_URL is ghe\.example/],
    ['GraphQL elsewhere', { GITHUB_GRAPHQL_URL: 'https://ghe.example/api/v3' }, /GITHUB_GRAPHQL_URL is/],
    ['a query', { GITHUB_API_URL: 'https://ghe.example/api/v3?x=1' }, /GITHUB_API_URL is/],
  ])('not from %s', (_what, env, message) => {
    expect(() => apiUrlFrom(env)).toThrow(message);
  });

  it('never repeats a password', () => {
    expect(() => apiUrlFrom({ GITHUB_API_URL: 'https://me:hush@ghe.example/api/v3' })).toThrow(
      expect.objectContaining({ message: expect.not.stringContaining('hush') }),
    );
  });
});
