import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { canonicalJson, digest, isSignedBy, sign } from '../../src/kernel/hash.ts';

describe('digest', () => {
  it('does not depend on the order of keys', () => {
    expect(digest({ a: 1, b: { c: 2, d: 3 } })).toBe(digest({ b: { d: 3, c: 2 }, a: 1 }));
  });

  it('tells lists in another order apart', () => {
    expect(digest([1, 2])).not.toBe(digest([2, 1]));
  });

  it('gives JSON that reads back', () => {
    fc.assert(
      fc.property(fc.jsonValue(), (value) => {
        expect(JSON.parse(canonicalJson(value))).toEqual(JSON.parse(JSON.stringify(value)));
      }),
    );
  });
});

describe('sign', () => {
  it('is believed only for its own text and secret', () => {
    const signature = sign('text', 'secret');
    expect(isSignedBy('text', signature, 'secret')).toBe(true);
    expect(isSignedBy('texts', signature, 'secret')).toBe(false);
    expect(isSignedBy('text', signature, 'other')).toBe(false);
    expect(isSignedBy('text', '', 'secret')).toBe(false);
  });
});
