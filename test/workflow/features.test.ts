import { describe, expect, it } from 'vitest';
import type { Feature, Lack } from '../../src/github/port.ts';
import type { Action } from '../../src/workflow/actions.ts';
import { lackedOf, possible } from '../../src/workflow/features.ts';

const why = 'for the test';
const comment: Action = { kind: 'post-comment', why, issue: 1, post: { id: 'x', text: 'x', data: {} } };
const checks: Action = { kind: 'publish-checks', why, head: 'aaaa', checks: [] };
const dismissal: Action = { kind: 'dismiss-review', why, pull: 1, head: 'aaaa', review: 1, message: '' };
const closing: Action = { kind: 'close-issue', why, issue: 1, reason: 'completed' };
const all = [comment, checks, dismissal, closing];

const without = (...features: readonly Feature[]): ReadonlyMap<Feature, Lack> =>
  new Map(features.map((feature) => [feature, { kind: 'permission', needs: feature }]));

describe('what of decisions can be done', () => {
  it.each<readonly [readonly Feature[], 'issue' | 'pull', readonly Action[]]>([
    [[], 'pull', all],
    [['checks'], 'pull', [comment, dismissal, closing]],
    [['reviews'], 'pull', [comment, checks, closing]],
    [['issues'], 'pull', [comment, checks, dismissal, closing]],
    [['issues', 'reviews'], 'pull', [checks, closing]],
    [['issues'], 'issue', []],
    [['dependencies', 'members'], 'issue', all],
  ])('without %j on a %s', (features, kind, expected) => {
    expect(possible(all, { kind }, without(...features))).toEqual(expected);
  });
});

it('what is lacking is told for those features alone that are asked for, in their order', () => {
  const told = lackedOf(without('checks', 'reviews', 'members'), ['reviews', 'deployments', 'checks']);
  expect(told).toMatchObject([
    { what: 'Comments on lines', reason: { needs: 'reviews' } },
    { what: 'Check runs', reason: { needs: 'checks' } },
  ]);
});
