import { readdirSync, readFileSync } from 'node:fs';
import { basename } from 'node:path';
import { beforeAll, describe, expect, it } from 'vitest';
import { recipes } from '../../src/planner/recipes/index.ts';
import { loadParsers } from '../../src/sql/parsers/index.ts';
import { cases } from './cases.ts';
import { goalsOf } from './support/goals.ts';
import { planOf } from './support/prove.ts';

beforeAll(loadParsers);

describe('the registry of recipes', () => {
  it('is exercised kind by kind by the cases', () => {
    const exercised = new Set(
      cases.flatMap(({ wish = '' }) =>
        goalsOf(wish).flatMap((goal) => (goal.kind === 'change' ? [goal.change.kind] : [])),
      ),
    );
    // The embedded engine has no extension that is not installed already.
    expect(Object.keys(recipes).filter((kind) => !exercised.has(kind as never))).toEqual(['create-extension']);
  });

  it('reaches every file of its folder', () => {
    const folder = new URL('../../src/planner/recipes/', import.meta.url);
    const files = readdirSync(folder, { recursive: true, encoding: 'utf8' }).filter((file) => file.endsWith('.ts'));
    const text = [
      ...files,
      '../expand.ts',
      '../resolve.ts',
      '../schemas/carry-out.ts',
      '../schemas/partitions.ts',
      '../schemas/plan-schemas.ts',
    ]
      .map((file) => readFileSync(new URL(file, folder), 'utf8'))
      .join('\n');
    expect(files.filter((file) => file !== 'index.ts' && !text.includes(`/${basename(file)}'`))).toEqual([]);
  });
});

it('gives every step a reason with a page of the manual, timeouts, and locks in the words of pg_locks', () => {
  for (const each of cases) {
    for (const step of planOf(each).plan.steps) {
      expect(step.because, step.title).toMatch(/https:\/\/www\.postgresql\.org\/docs\/current\/[a-z-]+\.html$/);
      expect(step.lockTimeoutMs).toBeGreaterThan(0);
      expect(step.statementTimeoutMs).toBeGreaterThanOrEqual(step.lockTimeoutMs);
      for (const { relation, mode } of step.locks) {
        expect(relation).toMatch(/^.+\..+$/s);
        expect(mode).toMatch(
          /^(Access|Row)?(Share|Exclusive|ShareUpdateExclusive|ShareRowExclusive|RowShare|RowExclusive|AccessExclusive)Lock$/,
        );
      }
    }
  }
});
