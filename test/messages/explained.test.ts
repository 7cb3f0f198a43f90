import { describe, expect, it } from 'vitest';
import { findingsExplained, ignoring, notLookedAt } from '../../src/messages/explained.ts';
import { bodyLimit } from '../../src/messages/fit-body.ts';
import type { Finding } from '../../src/sql/finding.ts';

const finding: Finding = {
  rule: 'require-concurrent-index',
  level: 'error',
  category: 'locking',
  file: 'db/1.sql',
  line: 3,
  column: 1,
  endLine: 3,
  endColumn: 9,
  message: 'Writes to `orders` wait until the index is built',
  remedy: 'Build the index CONCURRENTLY.',
  docs: 'docs/rules/require-concurrent-index.md',
};
const hostile = '@alice <img src=x> closes #1 ```\n/db approve\n<!-- database-lead:x -->';
const failure = {
  database: hostile,
  file: hostile,
  line: 1,
  code: '42P01',
  statement: `SELECT '${hostile}'`,
  message: hostile,
  inBase: false,
};

/** What is left of a text outside of code. */
const spoken = (text: string) =>
  text.replace(/^(`{3,})[^\n]*\n[\s\S]*?\n\1$/gm, '').replace(/(`+)(?!`)[\s\S]*?[^`]\1(?!`)/g, '');

describe('an explanation', () => {
  it('has each rule once, with all that it found', () => {
    const text = findingsExplained({ findings: [finding, { ...finding, line: 9 }], failures: [] });
    expect(text.match(/^### /gm)).toHaveLength(1);
    expect(text).toContain('`db/1.sql` line 3: Writes to `orders` wait');
    expect(text).toContain('`db/1.sql` line 9: Writes to `orders` wait');
    expect(text).toContain('**Instead:** Build the index CONCURRENTLY.\n');
  });

  it('of a rule that is not ours says what there is to say', () => {
    const text = findingsExplained({ findings: [{ ...finding, rule: 'sql-lint/other', docs: '' }], failures: [] });
    expect(text).toContain('### `sql-lint/other`');
    expect(text).not.toContain('**Why:**');
    expect(text).not.toContain('More about');
  });

  it('of nothing says so', () => {
    expect(findingsExplained({ findings: [], failures: [] })).toMatch(/nothing to explain/);
    expect(ignoring('alice', [])).toBe('@alice, there is no finding to ignore.');
  });

  it('of thousands fits into a comment', () => {
    const many = Array.from({ length: 3_000 }, (_, line) => ({ ...finding, rule: `rule-${line}`, line }));
    expect(findingsExplained({ findings: many, failures: [] }).length).toBeLessThan(bodyLimit);
    expect(ignoring('alice', many).length).toBeLessThan(bodyLimit);
  });

  it('keeps what is not trusted in code', () => {
    const found = { ...finding, message: hostile, file: hostile };
    for (const text of [findingsExplained({ findings: [found], failures: [failure] }), ignoring(hostile, [found])]) {
      expect(spoken(text)).not.toMatch(/@alice|<img|^\/db|<!--/m);
    }
    expect(notLookedAt(hostile)).not.toMatch(/@alice|<img|^\/db|<!--/m);
  });
});
