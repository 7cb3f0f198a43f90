import { describe, expect, it } from 'vitest';
import { noPaint } from '../../../src/cli/formats/paint.ts';
import { rulePage, ruleTable } from '../../../src/cli/formats/rules-text.ts';
import type { RuleEntry } from '../../../src/cli/rules.ts';

const entry: RuleEntry = {
  id: 'naming',
  level: 'notice',
  category: 'standards',
  engines: ['postgresql'],
  optIn: true,
  when: 'A name does not match what was agreed',
  effect: 'Nobody finds it',
  remedy: 'Name it as was agreed',
  options: { table: '^[a-z]+$' },
  optionDocs: { table: 'what names of tables match' },
  examples: [{ engine: 'postgresql', bad: 'CREATE TABLE "X" ();', good: { none: 'there is none' } }],
  source: 'the manual',
};

describe('ruleTable', () => {
  it('groups by category, aligns, wraps to the terminal and says what is off', () => {
    const loud: RuleEntry = { ...entry, id: 'drop-table', level: 'error', category: 'data-loss', optIn: false };
    expect(ruleTable([entry, loud], { paint: noPaint, width: 52 }).split('\n')).toEqual([
      'data-loss',
      'drop-table  error    A name does not match what was',
      '                     agreed (postgresql)',
      '',
      'standards',
      'naming      off      A name does not match what was',
      '                     agreed (postgresql)',
      '',
      'off: speaks only where the configuration gives it a level. `database-lead rules RULE` explains one.',
    ]);
  });
});

describe('rulePage', () => {
  it('shows options with their defaults, and why there is no good way', () => {
    const page = rulePage(entry, { paint: noPaint, width: 200 });
    expect(page).toContain('naming (notice, off until configured, standards; postgresql)');
    expect(page).toContain('Options:\n    table (default "^[a-z]+$"): what names of tables match');
    expect(page).toContain('No good way: there is none');
  });
});
