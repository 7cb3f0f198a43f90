import { describe, expect, it } from 'vitest';
import { hasCredentials, settingsFrom } from '../../src/server/settings.ts';

const key = '-----BEGIN RSA PRIVATE KEY-----\\nabc\\n-----END RSA PRIVATE KEY-----';
const complete = { APP_ID: '12', PRIVATE_KEY: key, WEBHOOK_SECRET: 'hush' };

describe('settingsFrom', () => {
  it('reads what is given and knows the rest', () => {
    expect(settingsFrom({ ...complete, GITHUB_API_URL: 'https://ghe.example/api/v3/', PORT: '8080' })).toMatchObject({
      appId: '12',
      privateKey: key.replaceAll('\\n', '\n'),
      apiUrl: 'https://ghe.example/api/v3',
      port: 8080,
      dataDirectory: './data',
      role: 'all',
    });
  });

  it.each([
    ['what is missing', {}, /APP_ID is missing; PRIVATE_KEY is missing; WEBHOOK_SECRET is missing/],
    ['an empty value', { ...complete, WEBHOOK_SECRET: '' }, /WEBHOOK_SECRET is missing/],
    ['an id that is none', { ...complete, APP_ID: 'my-app' }, /APP_ID is the number/],
    ['a key that is none', { ...complete, PRIVATE_KEY: 'path/to/key.pem' }, /PRIVATE_KEY is the PEM text/],
    ['a port out of range', { ...complete, PORT: '99999' }, /PORT/],
    ['a worker without a shared store', { ...complete, ROLE: 'worker' }, /ROLE=worker needs DATABASE_URL/],
  ])('names %s', (_what, env, message) => {
    expect(() => settingsFrom(env)).toThrow(message);
  });

  it('never repeats a secret', () => {
    const wrong = { APP_ID: 'x', PRIVATE_KEY: 'a secret without its lines', WEBHOOK_SECRET: 'hush' };
    expect(() => settingsFrom(wrong)).toThrow(
      expect.objectContaining({ message: expect.not.stringContaining('a secret without') }),
    );
  });
});

describe('hasCredentials', () => {
  it.each([
    [{}, false],
    [{ APP_ID: '' }, false],
    [{ APP_ID: '1' }, true],
    [{ WEBHOOK_SECRET: 'x' }, true],
  ])('%o', (env, expected) => {
    expect(hasCredentials(env)).toBe(expected);
  });
});
