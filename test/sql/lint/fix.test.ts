import fc from 'fast-check';
import { beforeAll, describe, expect, it } from 'vitest';
import type { Finding } from '../../../src/sql/finding.ts';
import { applyEdits, disjoint } from '../../../src/sql/lint/edits.ts';
import { fixAll } from '../../../src/sql/lint/fix.ts';
import { lint } from '../../../src/sql/lint.ts';
import { loadParsers } from '../../../src/sql/parsers/index.ts';

beforeAll(loadParsers);

const at = (line: number, column: number, endLine: number, endColumn: number, replacement: string) => ({
  line,
  column,
  endLine,
  endColumn,
  replacement,
});

describe('applyEdits', () => {
  it.each([
    ['one', 'a b c', [at(1, 3, 1, 4, 'X')], 'a X c'],
    ['several, in any order', 'a b\nc d', [at(2, 3, 2, 4, 'Y'), at(1, 1, 1, 2, 'X')], 'X b\nc Y'],
    ['over lines', 'a\nb\nc', [at(1, 1, 2, 2, 'X')], 'X\nc'],
    ['the line ends of the text', 'a;\r\nb', [at(2, 1, 2, 2, 'X;\nY')], 'a;\r\nX;\r\nY'],
    ['no second semicolon', 'a ;\nb', [at(1, 1, 1, 2, 'X;\nY;')], 'X;\nY ;\nb'],
    ['a semicolon where none follows', 'a', [at(1, 1, 1, 2, 'X;')], 'X;'],
    ['behind characters of two halves', '😀a', [at(1, 3, 1, 4, 'X')], '😀X'],
    ['dollar signs as they are', 'a', [at(1, 1, 1, 2, "$& $1 $'")], "$& $1 $'"],
  ])('makes %s', (_what, text, edits, expected) => {
    expect(applyEdits(text, edits)).toBe(expected);
  });

  it('leaves everything else byte for byte', () => {
    const parts = fc.array(fc.string({ unit: fc.constantFrom('a', '\n', '\r\n', '\t', '😀', ' ') }), {
      minLength: 3,
      maxLength: 3,
    });
    fc.assert(
      fc.property(parts, ([before = '', middle = '', after = '']) => {
        const text = before + middle + after;
        const place = (offset: number) => {
          const lines = text.slice(0, offset).split('\n');
          return { line: lines.length, column: (lines.at(-1) ?? '').length + 1 };
        };
        const start = place(before.length);
        const end = place(before.length + middle.length);
        const edit = { ...start, endLine: end.line, endColumn: end.column, replacement: 'X' };
        expect(applyEdits(text, [edit])).toBe(`${before}X${after}`);
      }),
    );
  });
});

describe('disjoint', () => {
  it('takes of several in one place the first', () => {
    const edits = [at(1, 1, 2, 5, 'a'), at(2, 4, 2, 9, 'b'), at(2, 5, 2, 6, 'c'), at(1, 1, 2, 5, 'd')];
    expect(disjoint(edits).map(({ replacement }) => replacement)).toEqual(['a', 'c']);
  });
});

describe('fixAll', () => {
  const judge =
    (options = {}) =>
    (texts: ReadonlyMap<string, string>) =>
      Promise.resolve(
        lint(
          [...texts].map(([file, sql]) => ({ file, sql })),
          { engine: 'postgresql', deployedApart: true, ...options },
        ),
      );

  async function fixed(sql: string, options = {}) {
    const texts = new Map([['a.sql', sql]]);
    const again = judge(options);
    const outcome = await fixAll(texts, await again(texts), again);
    return { ...outcome, text: outcome.texts.get('a.sql') };
  }

  it('fixes every statement, and what a fix uncovers, until nothing can be fixed', async () => {
    const { text, applied, report } = await fixed(
      '\tCREATE INDEX i ON a (b); -- one\r\n\r\nCREATE UNIQUE INDEX j\r\n  ON a (c)\r\n',
    );
    expect(text).toBe(
      '\tCREATE INDEX CONCURRENTLY i ON a (b); -- one\r\n\r\nCREATE UNIQUE INDEX CONCURRENTLY j\r\n  ON a (c)\r\n',
    );
    expect(applied.map(({ rule }) => rule)).toEqual(['require-concurrent-index', 'require-concurrent-index']);
    expect(report.findings.filter(({ fix }) => fix !== undefined)).toEqual([]);
  });

  it('leaves a text alone in which something is not understood', async () => {
    const sql = 'CREATE INDEX i ON a (b);\nCREATE TABEL c;';
    expect(await fixed(sql)).toMatchObject({ text: sql, applied: [] });
  });

  it('leaves alone what is suppressed or switched off', async () => {
    const sql = '-- database-lead: ignore require-concurrent-index because small\nCREATE INDEX i ON a (b);';
    expect(await fixed(sql)).toMatchObject({ text: sql, applied: [] });
    const off = await fixed('CREATE INDEX i ON a (b);', { rules: { 'require-concurrent-index': 'off' } });
    expect(off.applied).toEqual([]);
  });

  const finding: Finding = {
    rule: 'x',
    level: 'error',
    category: 'locking',
    file: 'a.sql',
    line: 1,
    column: 1,
    endLine: 1,
    endColumn: 2,
    message: 'm',
    remedy: 'r',
    docs: 'd',
    fix: { description: 'f', replacement: 'y' },
  };

  it('takes back what leads to another rule, an error or nowhere, and keeps the rest', async () => {
    // Each character is a statement; `good` becomes fine, the others raise something else.
    const say = (texts: ReadonlyMap<string, string>) => {
      const text = texts.get('a.sql') ?? '';
      const findings = [...text].flatMap((character, index) => {
        const place = { column: index + 1, endColumn: index + 2, message: character };
        if (character === 'g') return [{ ...finding, ...place, fix: { description: 'f', replacement: '.' } }];
        if (character === 'o') return [{ ...finding, ...place, fix: { description: 'f', replacement: 'N' } }];
        if (character === 'e') return [{ ...finding, ...place, fix: { description: 'f', replacement: '!' } }];
        if (character === 's') return [{ ...finding, ...place, fix: { description: 'f', replacement: 'ss' } }];
        return character === 'N' ? [{ ...finding, ...place, rule: 'new' }] : [];
      });
      const errors = text.includes('!') ? [{ file: 'a.sql', line: 1, column: 1, message: 'no' }] : [];
      return Promise.resolve({ findings, errors });
    };
    const given = new Map([['a.sql', 'gogeggs']]);
    const { texts, refused, applied } = await fixAll(given, await say(given), say);
    expect(texts.get('a.sql')).toBe('.o.e..s');
    expect(refused.map(({ message }) => message).toSorted()).toEqual(['e', 'o', 's']);
    expect(applied).toHaveLength(4);
  });

  it.each([
    ['CREATE INDEX {{ name }} ON #{t} (b);', 'CREATE INDEX CONCURRENTLY {{ name }} ON #{t} (b);'],
    ['CREATE INDEX i ON :"tab" (b);', 'CREATE INDEX CONCURRENTLY i ON :"tab" (b);'],
    // The statements that a fix would add name the table, which is a stand-in.
    ['ALTER TABLE {{ t }} ADD CONSTRAINT c CHECK (a > 0);', undefined],
    ['ALTER TABLE :t ADD CONSTRAINT c CHECK (a > 0);', undefined],
    ['ALTER TABLE a ADD CONSTRAINT {{ c }} FOREIGN KEY (x) REFERENCES b;', undefined],
  ])('keeps the placeholders of a template, or leaves the statement alone: %s', async (sql, expected = sql) => {
    expect((await fixed(sql)).text).toBe(expected);
  });
});
