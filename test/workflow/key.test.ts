import { describe, expect, it } from 'vitest';
import { keyText, parseKey } from '../../src/workflow/key.ts';

const sha = 'c0ffee'.padEnd(40, '0');

describe('parseKey', () => {
  it.each([
    'acme/shop#12',
    'acme/shop!7',
    'acme/shop',
    'a-b/c.d_e#1',
    'acme/shop^release%2F1%20%C3%BC%23!',
    `acme/shop=${sha}..${sha}`,
    `acme/shop=${sha}..${sha}!104`,
    `acme/shop=-${sha}..${sha}`,
    `acme/shop?re-run/all/${sha}/bob`,
    `acme/shop?re-verify/32000000001/${sha}/octo-bot[bot]`,
  ])('reads what keyText writes: %s', (text) => {
    expect(keyText(parseKey(text))).toBe(text);
  });

  it.each([
    '',
    'acme',
    'acme/shop#',
    'acme/shop#x',
    '/shop#1',
    'acme/shop/more#1',
    'acme/shop^',
    'acme/shop^a/b',
    'acme/shop^%zz',
    `acme/shop=${sha}`,
    `acme/shop=${sha}..main`,
    `acme/shop?dance/1/${sha}/bob`,
    `acme/shop?explain/1/${sha}/`,
    `acme/shop?explain/one/${sha}/bob`,
  ])('refuses "%s"', (text) => {
    expect(() => parseKey(text)).toThrow('not a key');
  });
});
