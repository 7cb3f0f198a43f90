import { mkdirSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import type { Rule, RuleExample } from '../src/sql/rule.ts';
import { rules } from '../src/sql/rules/index.ts';

const folder = new URL('../docs/rules/', import.meta.url);

/** Every page of docs/rules by file name: one per rule, and the index. */
export function rulePages(all: readonly Rule[] = rules): ReadonlyMap<string, string> {
  return new Map([['README.md', index(all)], ...all.map((rule): [string, string] => [`${rule.id}.md`, page(rule)])]);
}

/** The pages whose files are missing, old, or of no rule. */
export function stalePages(): readonly string[] {
  const pages = rulePages();
  const files = readdirSync(folder);
  const missing = [...pages.keys()].filter((name) => !files.includes(name));
  const old = files.filter((name) => pages.get(name) !== readFileSync(new URL(name, folder), 'utf8'));
  return [...missing, ...old];
}

function index(all: readonly Rule[]): string {
  const rows = all.map(
    ({ id, level, category, engines, when, optIn }) =>
      `| [${id}](${id}.md) | ${level}${optIn === true ? ', off until configured' : ''} | ${category} | ${engines.join(', ')} | ${when} |`,
  );
  return [
    '# Rules',
    '',
    'Generated from `src/sql/rules` by `scripts/rule-pages.ts`. An `error` blocks; a `warning` and a `notice` do not.',
    '',
    '| rule | level | category | engines | when |',
    '| --- | --- | --- | --- | --- |',
    ...rows,
    '',
  ].join('\n');
}

function page(rule: Rule): string {
  return [
    `# ${rule.id}`,
    '',
    `**${rule.when}.**`,
    '',
    `${rule.effect}.`,
    '',
    `**Instead:** ${rule.remedy}.`,
    '',
    '| level | category | engines |',
    '| --- | --- | --- |',
    `| ${rule.level} | ${rule.category} | ${rule.engines.join(', ')} |`,
    '',
    ...(rule.optIn === true ? ['It is off until the configuration gives it a level.', ''] : []),
    ...options(rule),
    ...rule.examples.flatMap(example),
    '## To let it pass',
    '',
    'Above the statement, or in the first comment of the file for the whole file:',
    '',
    '```sql',
    `-- database-lead: ignore ${rule.id} because REASON`,
    '```',
    '',
    `Source: ${rule.source}.`,
    '',
  ].join('\n');
}

function options({ options = {}, optionDocs = {} }: Rule): readonly string[] {
  const rows = Object.entries(options).map(
    ([name, value]) => `| \`${name}\` | \`${JSON.stringify(value)}\` | ${optionDocs[name] ?? ''} |`,
  );
  return rows.length === 0 ? [] : ['| option | default | meaning |', '| --- | --- | --- |', ...rows, ''];
}

function example({ engine, given, bad, good, fails, inTransaction }: RuleExample): readonly string[] {
  const failure = fails === undefined ? '' : `, which fails with SQLSTATE ${fails}`;
  const wrapped = inTransaction === true ? ', in a file that its tool runs in one transaction' : '';
  return [
    `## Example for ${engine}`,
    '',
    ...(given === undefined ? [] : ['Given', '', ...sql(given), '']),
    `Bad${failure}${wrapped}:`,
    '',
    ...sql(bad),
    '',
    ...(typeof good === 'string' ? ['Good:', '', ...sql(good)] : [`There is no good form: ${good.none}.`]),
    '',
  ];
}

function sql(text: string): readonly string[] {
  return ['```sql', text, '```'];
}

function write(): void {
  rmSync(folder, { recursive: true, force: true });
  mkdirSync(folder, { recursive: true });
  for (const [name, text] of rulePages()) writeFileSync(new URL(name, folder), text);
}

if (import.meta.main) {
  if (!process.argv.includes('--check')) write();
  const stale = stalePages();
  if (stale.length > 0) {
    console.error(`docs/rules is stale: ${stale.join(', ')}. Run: node scripts/rule-pages.ts`);
    process.exitCode = 1;
  }
}
