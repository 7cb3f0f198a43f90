import { PGlite } from '@electric-sql/pglite';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { differences } from '../../src/engines/introspect/differences.ts';
import { introspect } from '../../src/engines/introspect/introspect.ts';
import { catalogOf } from '../../src/sql/apply/index.ts';
import type { Description } from '../../src/sql/description.ts';
import { tokensOf } from '../../src/sql/lex.ts';
import { applyEdits } from '../../src/sql/lint/edits.ts';
import { lint } from '../../src/sql/lint.ts';
import { loadParsers, parse } from '../../src/sql/parsers/index.ts';
import type { Rule, RuleExample } from '../../src/sql/rule.ts';
import { rules } from '../../src/sql/rules/index.ts';
import { reset } from '../planner/support/scratch.ts';

await loadParsers();

/** A matter of taste is on only for its own examples. */
function found(rule: Rule, example: RuleExample, sql: string) {
  const { engine, engineVersion, given = '', inTransaction, file, others = [], merged, complete } = example;
  const itself = { file: 'example.sql', sql, transaction: inTransaction === true, ...file };
  const { findings, errors } = lint([...others, itself], {
    engine,
    before: catalogOf(engine, [parse(given, engine)]).catalog,
    ...(engineVersion === undefined ? {} : { engineVersion }),
    ...(merged === undefined ? {} : { merged }),
    ...(complete === true ? { known: 'sure' } : {}),
    ...(rule.optIn === true ? { rules: { [rule.id]: rule.level } } : {}),
  });
  return { findings: findings.filter((finding) => finding.file === itself.file), errors };
}

/** Every blank of a text between its tokens becomes something else. */
function spaced(sql: string, blank: string): string {
  const tokens = tokensOf(sql, { comments: true });
  return tokens
    .map(({ start, end }, index) => {
      const before = tokens[index - 1]?.end ?? start;
      return (before === start ? '' : blank) + sql.slice(start, end);
    })
    .join('');
}

/** The ways in which people write one and the same statement. */
const writings: Readonly<Record<string, (sql: string) => string>> = {
  'as it is': (sql) => sql,
  'in small letters': (sql) =>
    tokensOf(sql).reduce(
      (text, { kind, start, end }) =>
        kind === 'word' ? text.slice(0, start) + text.slice(start, end).toLowerCase() + text.slice(end) : text,
      sql,
    ),
  'over many lines': (sql) => spaced(sql, '\r\n\t'),
  'with comments between the words': (sql) => spaced(sql, ' /* a; b */ '),
  'behind comments': (sql) => `-- it's\n/* ; */ ${sql}`,
  'without a semicolon': (sql) => sql.replace(/;\s*$/, ''),
  'with a comment before the semicolon': (sql) => sql.replace(/;\s*$/, ' -- why\n;'),
};

/** Every fix that anything offers for a bad example, however it is written, with the text that it makes of it. */
const fixes = rules.flatMap((rule) =>
  rule.examples.flatMap((example) =>
    Object.entries(writings).flatMap(([writing, write]) => {
      const bad = write(example.bad);
      const before = found(rule, example, bad).findings;
      return before.flatMap((finding) =>
        finding.fix === undefined
          ? []
          : [
              {
                rule,
                example,
                writing,
                bad,
                finding,
                before,
                fixed: applyEdits(bad, [{ ...finding, replacement: finding.fix.replacement }]),
              },
            ],
      );
    }),
  ),
);

/** Where a fix is to make another schema: how it may differ. */
const byDesign: Readonly<Record<string, RegExp>> = {
  // Manual, ALTER TABLE, DETACH PARTITION: CONCURRENTLY leaves a CHECK constraint that says what the partition held.
  'detach-partition-lock': /^constraint \S+_check is extra$/,
  // The setting is a part of the function.
  'security-definer-search-path': /^function .* is defined differently$/,
};

const titled = fixes.map((each) => ({ ...each, title: `${each.finding.rule}, ${each.writing}: ${each.example.bad}` }));

describe('every fix', () => {
  it('is one of many', () => expect(fixes.length).toBeGreaterThan(5));

  it.each(titled)(
    'parses, silences its rule and raises no other: $title',
    ({ rule, example, finding, before, fixed }) => {
      const after = found(rule, example, fixed);
      expect(after.errors).toEqual([]);
      const count = (all: readonly { readonly rule: string; readonly message: string }[]) =>
        all.filter((each) => each.rule === finding.rule && each.message === finding.message).length;
      expect(count(after.findings)).toBeLessThan(count(before));
      const had = new Set(before.map((each) => each.rule));
      expect(after.findings.map((each) => each.rule).filter((id) => !had.has(id))).toEqual([]);
    },
  );
});

describe('every fix for PostgreSQL', () => {
  let postgres: PGlite;
  beforeAll(async () => {
    postgres = await PGlite.create();
  });
  afterAll(() => postgres.close());

  async function empty(): Promise<void> {
    await postgres.exec('ROLLBACK; RESET ALL; RESET SESSION AUTHORIZATION;');
    await reset(postgres);
    const roles = await postgres.query<{ name: string }>(
      "SELECT quote_ident(rolname) AS name FROM pg_roles WHERE rolname !~ '^pg_' AND rolname <> current_user",
    );
    for (const { name } of roles.rows) await postgres.exec(`DROP OWNED BY ${name}; DROP ROLE ${name};`);
  }

  /** The schema that a text makes, statement by statement. */
  async function schemaAfter(given: string, sql: string): Promise<Description> {
    await empty();
    await postgres.exec(given);
    for (const statement of parse(sql, 'postgresql').statements) await postgres.exec(statement.sql);
    await postgres.exec("COMMIT; RESET ALL; SET search_path TO '';");
    return introspect({
      version: '',
      run: () => Promise.reject(new Error('not used')),
      ask: () => Promise.reject(new Error('not used')),
      pretend: () => Promise.reject(new Error('not used')),
      inspect: async (query) => (await postgres.query<Record<string, unknown>>(query)).rows,
    });
  }

  const executed = titled.filter(
    ({ writing, example: { engine, notExecuted, fails } }) =>
      writing === 'as it is' && engine === 'postgresql' && notExecuted === undefined && fails === undefined,
  );

  it.each(executed)('makes the same schema: $title', async ({ example: { given = '', bad }, finding, fixed }) => {
    const differing = differences(await schemaAfter(given, bad), await schemaAfter(given, fixed));
    expect(differing.filter((difference) => byDesign[finding.rule]?.test(difference) !== true)).toEqual([]);
  });
});
