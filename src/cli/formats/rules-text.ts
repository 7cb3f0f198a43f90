import { categories } from '../../sql/finding.ts';
import type { RuleExample } from '../../sql/rule.ts';
import type { RuleEntry } from '../rules.ts';
import { type Paint, styleOf } from './paint.ts';
import { wrapped } from './wrap.ts';

interface Look {
  readonly paint: Paint;
  /** Columns of the terminal. */
  readonly width: number;
}

/** Every rule by category, a line each: its id, its level, and when it speaks. */
export function ruleTable(entries: readonly RuleEntry[], { paint, width }: Look): string {
  const ids = Math.max(...entries.map(({ id }) => id.length));
  const indent = ids + 'warning'.length + 4;
  const groups = categories.flatMap((category) => {
    const own = entries.filter((entry) => entry.category === category);
    if (own.length === 0) return [];
    const rows = own.map(({ id, level, optIn, when, engines }) => {
      const shownLevel = optIn ? paint('dim', 'off'.padEnd(7)) : paint(styleOf[level], level.padEnd(7));
      const [first = '', ...rest] = wrapped(`${when} (${engines.join(', ')})`, Math.max(30, width - indent));
      return [`${id.padEnd(ids)}  ${shownLevel}  ${first}`, ...rest.map((line) => `${' '.repeat(indent)}${line}`)].join(
        '\n',
      );
    });
    return [[paint(['bold', 'underline'], category), ...rows].join('\n')];
  });
  const last = 'off: speaks only where the configuration gives it a level. `database-lead rules RULE` explains one.';
  return [...groups, paint('dim', last)].join('\n\n');
}

/** One rule in full. */
export function rulePage(entry: RuleEntry, { paint, width }: Look): string {
  const { id, level, category, engines, optIn, when, effect, remedy, examples, source } = entry;
  const prose = (text: string) => wrapped(text, Math.max(40, width)).join('\n');
  const facts = `(${level}${optIn ? ', off until configured' : ''}, ${category}; ${engines.join(', ')})`;
  return [
    `${paint('bold', id)} ${facts}`,
    prose(`${when}.`),
    ...(effect === undefined ? [] : [prose(`${effect}.`)]),
    `${paint('green', 'Instead:')} ${prose(`${remedy}.`)}`,
    ...optionsOf(entry, paint),
    ...examples.flatMap((example) => exampleOf(example, paint)),
    `To let it pass, above the statement:\n${indented(`-- database-lead: ignore ${id} because REASON`)}`,
    ...(source === undefined ? [] : [paint('dim', prose(`Source: ${source}`))]),
  ].join('\n\n');
}

function optionsOf({ options, optionDocs }: RuleEntry, paint: Paint): readonly string[] {
  const rows = Object.entries(options).map(
    ([name, value]) => `    ${name} (default ${JSON.stringify(value)}): ${optionDocs[name] ?? ''}`,
  );
  return rows.length === 0 ? [] : [[paint('bold', 'Options:'), ...rows].join('\n')];
}

function exampleOf({ engine, given, bad, good }: RuleExample, paint: Paint): readonly string[] {
  return [
    ...(given === undefined ? [] : [`Given (${engine}):\n${indented(given)}`]),
    `${paint('red', 'Bad')} (${engine}):\n${indented(bad)}`,
    typeof good === 'string' ? `${paint('green', 'Good')}:\n${indented(good)}` : `No good way: ${good.none}`,
  ];
}

function indented(text: string): string {
  return text.replace(/^/gm, '    ');
}
