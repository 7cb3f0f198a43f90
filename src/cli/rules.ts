import { rules } from '../sql/rules/index.ts';
import { readArguments, UsageError } from './usage.ts';

export const rulesUsage = 'database-lead rules [RULE]';

/** `database-lead rules`: the rules, a line each, or one in full. */
export function rulesCommand(args: readonly string[]): number {
  const [wanted] = readArguments(args, {}, rulesUsage).positionals;
  if (wanted === undefined) {
    for (const { id, level, engines, when } of rules)
      process.stdout.write(`${id} (${level}; ${engines.join(', ')}): ${when}\n`);
    return 0;
  }
  const rule = rules.find(({ id }) => id === wanted);
  if (rule === undefined) throw new UsageError(`there is no rule ${wanted}`, '`database-lead rules` lists them');
  const examples = rule.examples.map(({ engine, bad, good }) =>
    [`Bad (${engine}):`, bad, 'Good:', typeof good === 'string' ? good : `none, because ${good.none}`].join('\n'),
  );
  const parts = [
    `${rule.id} (${rule.level}, ${rule.category})`,
    `${rule.when}.`,
    `${rule.effect}.`,
    `${rule.remedy}.`,
    ...examples,
    `Source: ${rule.source}`,
  ];
  process.stdout.write(`${parts.join('\n\n')}\n`);
  return 0;
}
