import { didYouMean } from '../config/did-you-mean.ts';
import { type GeneralCheck, generalChecks } from '../sql/general/checks.ts';
import { generalPrefix } from '../sql/lint/settle.ts';
import type { Rule } from '../sql/rule.ts';
import { rules } from '../sql/rules/index.ts';
import { print } from './output.ts';
import { onlyOne, readArguments, UsageError } from './usage.ts';

/** `database-lead rules`: the rules and general checks, a line each, or one in full. */
export async function rulesCommand(args: readonly string[], usage: string): Promise<number> {
  const wanted = onlyOne(readArguments(args, {}, usage).positionals, 'rule', usage);
  await print(wanted === undefined ? overview() : described(wanted));
  return 0;
}

function overview(): string {
  const rows = [
    ...rules.map(({ id, level, engines, when }) => ({ id, level, engines, when })),
    ...generalChecks.map((check) => ({
      id: idOf(check),
      level: 'notice',
      engines: check.engines,
      when: check.message,
    })),
  ];
  const width = Math.max(...rows.map(({ id }) => id.length));
  return rows
    .map(
      ({ id, level, engines, when }) =>
        `${id.padEnd(width)}  ${level.padEnd(7)}  ${when.replace(/\.$/, '')} (${engines.join(', ')})`,
    )
    .join('\n');
}

function described(wanted: string): string {
  const rule = rules.find(({ id }) => id === wanted);
  if (rule !== undefined) return inFull(rule);
  const check = generalChecks.find((each) => idOf(each) === wanted);
  if (check !== undefined) return `${wanted} (notice, ${check.category})\n\n${check.message}\n\n${check.remedy}.`;
  const meant = didYouMean(wanted, [...rules.map(({ id }) => id), ...generalChecks.map(idOf)]);
  throw new UsageError(
    `there is no rule "${wanted}"`,
    `${meant === undefined ? '' : `Did you mean ${meant}? `}\`database-lead rules\` lists them`,
  );
}

function inFull({ id, level, category, engines, when, effect, remedy, examples, source }: Rule): string {
  const shown = examples.flatMap(({ engine, given, bad, good }) => [
    ...(given === undefined ? [] : [`Given (${engine}):\n${indented(given)}`]),
    `Bad (${engine}):\n${indented(bad)}`,
    typeof good === 'string' ? `Good:\n${indented(good)}` : `No good way: ${good.none}`,
  ]);
  return [
    `${id} (${level}, ${category}; ${engines.join(', ')})`,
    `${when}.`,
    `${effect}.`,
    `Instead: ${remedy}.`,
    ...shown,
    `To let it pass, above the statement:\n${indented(`-- database-lead: ignore ${id} because REASON`)}`,
    `Source: ${source}`,
  ].join('\n\n');
}

function idOf({ id }: GeneralCheck): string {
  return `${generalPrefix}${id}`;
}

function indented(text: string): string {
  return text.replace(/^/gm, '    ');
}
