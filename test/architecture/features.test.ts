import { readFileSync } from 'node:fs';
import { expect, it } from 'vitest';
import { features } from '../../src/workflow/features.ts';

const page = readFileSync(new URL('../../docs/deployment.md', import.meta.url), 'utf8');

it.each(Object.entries(features))(
  '%s stands in docs/deployment.md as in the code',
  (_feature, { what, since, instead }) => {
    const row = page.split('\n').find((line) => line.startsWith(`| ${what} `));
    expect(row).toBeDefined();
    expect(row).toContain(instead);
    if (since !== undefined) expect(row).toContain(since);
  },
);
