import { expect, it } from 'vitest';
import { stalePages } from '../../scripts/rule-pages.ts';

it('the pages of the rules say what the rules say (else: node scripts/rule-pages.ts)', async () => {
  expect(await stalePages()).toEqual([]);
});
