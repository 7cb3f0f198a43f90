import { describe, expect, it } from 'vitest';
import { keyText, parseKey } from '../../src/workflow/key.ts';

describe('parseKey', () => {
  it.each(['acme/shop#12', 'acme/shop!7', 'acme/shop', 'a-b/c.d_e#1'])('reads what keyText writes: %s', (text) => {
    expect(keyText(parseKey(text))).toBe(text);
  });

  it.each(['', 'acme', 'acme/shop#', 'acme/shop#x', '/shop#1', 'acme/shop/more#1'])('refuses "%s"', (text) => {
    expect(() => parseKey(text)).toThrow('not a key');
  });
});
