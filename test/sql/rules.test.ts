import { readdirSync } from 'node:fs';
import { PGlite } from '@electric-sql/pglite';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { catalogOf } from '../../src/sql/apply/index.ts';
import { lint } from '../../src/sql/lint.ts';
import { loadParsers, parse } from '../../src/sql/parsers/index.ts';
import type { Rule, RuleExample } from '../../src/sql/rule.ts';
import { rules } from '../../src/sql/rules/index.ts';

beforeAll(loadParsers);

/** A matter of taste is on only for its own examples. What is said of the files around the example is another matter. */
function lintExample(rule: Rule, example: RuleExample, sql: string) {
  const { engine, engineVersion, given = '', inTransaction, file, others = [], merged, complete } = example;
  const { catalog: before } = catalogOf(engine, [parse(given, engine)]);
  const itself = { file: 'example.sql', sql, transaction: inTransaction === true, ...file };
  const report = lint([...others, itself], {
    engine,
    before,
    ...(engineVersion === undefined ? {} : { engineVersion }),
    ...(merged === undefined ? {} : { merged }),
    ...(complete === true ? { known: 'sure' } : {}),
    ...(rule.optIn === true ? { rules: { [rule.id]: rule.level } } : {}),
  });
  return { ...report, findings: report.findings.filter((finding) => finding.file === itself.file) };
}

describe('the registry', () => {
  it('holds every file of the folder once, under its name', () => {
    const files = readdirSync(new URL('../../src/sql/rules', import.meta.url), { recursive: true, encoding: 'utf8' })
      .filter((file) => file.endsWith('.ts') && !/(?:^|\/)index\.ts$/.test(file))
      .map((file) => file.replace(/\.ts$/, ''));
    expect(rules.map(({ id, category }) => `${category}/${id}`).toSorted()).toEqual(files.toSorted());
  });
});

describe.each(rules)('$id', (rule) => {
  it('says when, effect and remedy as one sentence each, without a full stop', () => {
    for (const text of [rule.when, rule.effect, rule.remedy]) expect(text).toMatch(/^[A-Z].*[^.]$/);
  });

  it.each(rule.examples)('tells bad from good on $engine: $bad', (example) => {
    const bad = lintExample(rule, example, example.bad);
    expect(bad.errors).toEqual([]);
    expect(bad.findings.map((finding) => finding.rule)).toContain(rule.id);

    if (typeof example.good === 'string') {
      const good = lintExample(rule, example, example.good);
      expect(good.errors).toEqual([]);
      expect(good.findings.map((finding) => finding.rule)).toEqual([]);
    }
  });
});

describe('on PostgreSQL itself', () => {
  let postgres: PGlite;
  let schemas = 0;

  beforeAll(async () => {
    postgres = await PGlite.create();
  });
  afterAll(() => postgres.close());

  /** Runs a text statement by statement in a schema of its own; the SQLSTATE of its failure, or `undefined`. */
  async function run(given: string, sql: string): Promise<string | undefined> {
    const schema = `example_${++schemas}`;
    await postgres.exec(`CREATE SCHEMA ${schema}; SET search_path TO ${schema};`);
    await postgres.exec(given);
    try {
      for (const statement of parse(sql, 'postgresql').statements) await postgres.exec(statement.sql);
      return undefined;
    } catch (error) {
      return (error as { code?: string }).code;
    } finally {
      await postgres.exec('ROLLBACK; RESET ALL;');
    }
  }

  const examples = rules.flatMap(({ id, examples }) =>
    examples
      .filter(({ engine, notExecuted }) => engine === 'postgresql' && notExecuted === undefined)
      .map((example) => ({ id, ...example })),
  );

  it.each(examples)('$id: runs or fails as it says: $bad', async ({ given = '', bad, good, fails }) => {
    expect(await run(given, bad)).toBe(fails);
    if (typeof good === 'string') expect(await run(given, good)).toBeUndefined();
  });
});
