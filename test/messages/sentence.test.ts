import { describe, expect, it } from 'vitest';
import { sentence } from '../../src/messages/sentence.ts';

describe('sentence', () => {
  it.each([
    [
      'names stay code',
      'Drop `orders.comment` from `orders`, with its data.',
      'Drop `orders.comment` from `orders`, with its data.',
    ],
    ['the rest is neutral', 'There is no @team or #1 <b>', 'There is no @&#8203;team or #&#8203;1 &lt;b&gt;'],
    ['a backtick in a name opens nothing', 'There is no `a`@team`b`.', 'There is no `a`@&#8203;team`b`.'],
    ['one backtick is text', 'A ` and @team', 'A \\` and @&#8203;team'],
    ['nothing gives nothing', '', ''],
  ])('%s', (_what, given, wanted) => expect(sentence(given)).toBe(wanted));
});
