import { expect, it } from 'vitest';
import { strongMigrations } from '../../scripts/pages/strong-migrations.ts';
import { stalePages } from '../../scripts/rule-pages.ts';
import { rules } from '../../src/sql/rules/index.ts';

it('the pages of the rules say what the rules say (else: node scripts/rule-pages.ts)', async () => {
  expect(await stalePages()).toEqual([]);
});

it('stands for rules that there are, for every check of strong_migrations', () => {
  const ids = new Set(rules.map(({ id }) => id));
  const unknown = Object.values(strongMigrations).flatMap((own) => own.filter((id) => !ids.has(id)));
  expect(unknown).toEqual([]);
});
