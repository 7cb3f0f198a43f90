import { describe, expect, it } from 'vitest';
import { noPaint, type Paint } from '../../../src/cli/formats/paint.ts';
import { asText } from '../../../src/cli/formats/text.ts';
import type { Finding, LintReport } from '../../../src/sql/finding.ts';

const finding: Finding = {
  rule: 'drop-table',
  level: 'error',
  category: 'data-loss',
  file: 'a.sql',
  line: 2,
  column: 3,
  endLine: 2,
  endColumn: 15,
  message: 'Gone.',
  remedy: 'Keep it.',
  docs: 'https://example.org/drop-table',
};

const report: LintReport = {
  tool: 'database-lead',
  version: '0.1.0',
  files: 1,
  statements: 2,
  findings: [finding],
  suppressed: [],
  errors: [],
};

const options = {
  texts: new Map([['a.sql', 'SELECT 1;\r\n  DROP TABLE a;\r\n']]),
  paint: noPaint,
  width: 80,
  quiet: false,
};

describe('asText', () => {
  it('shows place, level, rule, message, source, remedy and page, and then what was found in all', () => {
    expect(asText(report, options).split('\n')).toEqual([
      'a.sql:2:3: error: drop-table',
      '  Gone.',
      '  2 |   DROP TABLE a;',
      '    |   ^^^^^^^^^^^^',
      '  Instead: Keep it.',
      '  https://example.org/drop-table',
      '',
      '1 error in 1 file, 2 statements',
    ]);
  });

  it('says what can be fixed, what was suppressed and what was not understood', () => {
    const fix = { description: 'Keep', replacement: 'SELECT 1' };
    const lines = asText(
      {
        ...report,
        findings: [
          { ...finding, fix },
          { ...finding, level: 'notice' },
        ],
        suppressed: [{ finding, reason: 'it is empty' }],
        errors: [{ file: 'x.sql', line: 1, column: 8, message: 'syntax error' }],
      },
      options,
    ).split('\n');
    expect(lines[0]).toBe('x.sql:1:8: not understood: syntax error');
    expect(lines).toContain('  Fix: Keep (--fix)');
    expect(lines).toContain('a.sql:2:3: ignored: drop-table, because it is empty');
    expect(lines.at(-1)).toBe(
      '1 error, 1 notice in 1 file, 2 statements; 1 place not understood; 1 suppressed; 1 can be fixed with --fix',
    );
  });

  it('says findings alone when it is to be quiet, and nothing where there is nothing', () => {
    expect(asText({ ...report, suppressed: [{ finding, reason: 'x' }] }, { ...options, quiet: true })).toMatch(
      /drop-table$/,
    );
    expect(asText({ ...report, findings: [] }, { ...options, quiet: true })).toBe('');
    expect(asText({ ...report, findings: [] }, options)).toBe('nothing found in 1 file, 2 statements');
  });

  it('colors levels, carets and places where somebody sees it', () => {
    const paint: Paint = (style, text) => `<${[style].flat().join('+')}>${text}</>`;
    const lines = asText(report, { ...options, paint }).split('\n');
    expect(lines[0]).toBe('<bold>a.sql:2:3:</> <red+bold>error:</> <bold>drop-table</>');
    expect(lines[3]).toBe('<blue>    |</> <red>  ^^^^^^^^^^^^</>');
  });

  it('shows no secret, though the lines around it are not shown', () => {
    const text = "INSERT INTO users (email, password)\nVALUES ('a', 'hunter2'),\n  ('b', 'hunter3');\n";
    const said = asText(report, { ...options, texts: new Map([['a.sql', text]]) });
    expect(said).toContain("VALUES ('a', '*******'),");
  });

  it('shows no source where the text is not at hand', () => {
    expect(asText({ ...report, findings: [{ ...finding, file: '<schema>' }] }, options)).not.toContain(' | ');
  });

  it('says all of a finding in lines of its own, whatever stands in a name or a message', () => {
    const file = 'a\n::error::b.sql';
    const message = 'The check `a >\r\n  ::stop-commands::x` is new.';
    const ignored = { finding: { ...finding, file }, reason: 'of\n::x' };
    const errors = [{ file, line: 1, column: 1, message: 'near "\n::x"' }];
    const text = asText(
      { ...report, findings: [{ ...finding, file, message }], suppressed: [ignored], errors },
      options,
    );
    expect(text).not.toMatch(/^\s*::/m);
    expect(text).toContain(
      'a\\u000a::error::b.sql:2:3: error: drop-table\n  The check `a > ::stop-commands::x` is new.\n',
    );
  });

  it('gives a terminal nothing to obey', () => {
    const hostile = { ...finding, file: 'a\u001b[2J.sql', message: 'm\u202e\u009b', remedy: '\u0007', docs: '\u001b' };
    const sql = `\n  DROP \u001b[31m\u202etable`;
    const text = asText(
      { ...report, findings: [hostile], suppressed: [{ finding: hostile, reason: '\u001b' }] },
      { ...options, texts: new Map([[hostile.file, sql]]) },
    );
    expect(text).not.toMatch(/[^\P{Cc}\n]|\u202e/u);
    expect(text).toContain('a\\u001b[2J.sql');
  });
});
