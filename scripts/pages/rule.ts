import type { Rule, RuleExample } from '../../src/sql/rule.ts';
import { lockTable } from './locks.ts';
import { cell, code, table } from './markdown.ts';

/** The page of one rule: when, effect, remedy, facts, options, locks, examples. */
export function rulePage(rule: Rule): string {
  const { id, level, category, engines, when, effect, remedy, examples, optIn, source } = rule;
  return [
    `# ${id}`,
    '',
    `**${when}.**`,
    '',
    `${effect}.`,
    '',
    `**Instead:** ${remedy}.`,
    '',
    ...table(['level', 'category', 'engines'], [[level, category, engines.join(', ')]]),
    '',
    ...(optIn === true ? ['It is off until the configuration gives it a level.', ''] : []),
    ...optionsOf(rule),
    ...examples.flatMap(exampleOf),
    ...lockTable(rule),
    '## To let it pass',
    '',
    'Above the statement, or in the first comment of the file for the whole file:',
    '',
    '```sql',
    `-- database-lead: ignore ${id} because REASON`,
    '```',
    '',
    `Source: ${source}.`,
    '',
  ].join('\n');
}

/** What can be set, and how it is written in the configuration. */
function optionsOf({ id, level, options = {}, optionDocs = {}, patterns = [] }: Rule): readonly string[] {
  const entries = Object.entries(options);
  if (entries.length === 0) return [];
  const rows = entries.map(([name, value]) => [
    code(name),
    code(JSON.stringify(value)),
    cell(`${optionDocs[name] ?? ''}${patterns.includes(name) ? ' (a regular expression)' : ''}`),
  ]);
  const given = entries.map(([name, value]) => `${name}: ${JSON.stringify(value)}`).join(', ');
  return [
    '## Options',
    '',
    ...table(['option', 'default', 'meaning'], rows),
    '',
    '```yaml',
    'review:',
    `  rules: { ${id}: { level: ${level}, ${given} } }`,
    '```',
    '',
  ];
}

function exampleOf({ engine, engineVersion, given, bad, good, fails, inTransaction, file, others = [] }: RuleExample) {
  const version = engineVersion === undefined ? '' : ` ${engineVersion}`;
  const failure = fails === undefined ? '' : `, which fails with SQLSTATE ${fails}`;
  const wrapped = inTransaction === true ? ', in a file that its tool runs in one transaction' : '';
  const named = file?.version === undefined ? '' : `, as version ${file.version}`;
  return [
    `## Example for ${engine}${version}`,
    '',
    ...(given === undefined ? [] : ['Given', '', ...sql(given), '']),
    ...others.flatMap((other) => [`Beside it, \`${other.file}\`:`, '', ...sql(other.sql), '']),
    `Bad${failure}${wrapped}${named}:`,
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
