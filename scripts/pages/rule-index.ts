import { type Category, categories } from '../../src/sql/finding.ts';
import type { Rule } from '../../src/sql/rule.ts';
import { cell, table } from './markdown.ts';

const abouts: Readonly<Record<Category, string>> = {
  locking: 'What keeps others waiting while the migration runs.',
  'data-loss': 'What cannot be brought back.',
  compatibility: 'What breaks the code that runs at the same time.',
  correctness: 'What does not do, or does not say, what was meant.',
  performance: 'What is slow afterwards.',
  security: 'What gives away more than was meant.',
  standards: 'What a team has agreed on.',
};

/** The list of the rules, by category. */
export function ruleIndex(all: readonly Rule[]): string {
  const groups = categories.flatMap((category) => {
    const own = all.filter((rule) => rule.category === category);
    if (own.length === 0) return [];
    const rows = own.map(({ id, level, engines, when, optIn }) => [
      `[${id}](${id}.md)`,
      `${level}${optIn === true ? ', off until configured' : ''}`,
      engines.join(', '),
      cell(when),
    ]);
    return [`## ${category}`, '', abouts[category], '', ...table(['rule', 'level', 'engines', 'when'], rows), ''];
  });
  return [
    '# Rules',
    '',
    'Generated from `src/sql/rules` by `scripts/rule-pages.ts`. An `error` blocks; a `warning` and a `notice` do not. Levels and',
    'options are set in [the configuration](../configuration.md); who knows the rules of another tool finds ours in',
    '[coming from](../coming-from.md).',
    '',
    ...groups,
  ].join('\n');
}
