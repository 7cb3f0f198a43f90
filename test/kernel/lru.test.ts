import { expect, it } from 'vitest';
import { lru } from '../../src/kernel/lru.ts';

it('forgets what was used longest ago', () => {
  const cache = lru<string>(3, (text) => text.length);
  cache.set('a', '1');
  cache.set('b', '2');
  cache.set('c', '3');
  cache.get('a');
  cache.set('d', '4');
  expect(['a', 'b', 'c', 'd'].map((key) => cache.get(key))).toEqual(['1', undefined, '3', '4']);
});

it('counts weights, also of what is replaced', () => {
  const cache = lru<string>(4, (text) => text.length);
  cache.set('a', '123');
  cache.set('a', '1');
  cache.set('b', '123');
  expect([cache.get('a'), cache.get('b')]).toEqual(['1', '123']);
});

it('does not keep what is too heavy, nor an older value under its key', () => {
  const cache = lru<string>(2, (text) => text.length);
  cache.set('a', '1');
  cache.set('a', '12345');
  expect(cache.get('a')).toBeUndefined();
});
