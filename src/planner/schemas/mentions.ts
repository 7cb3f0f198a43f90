import type { SchemaGoal } from './goal.ts';
import { nameOf } from './keys.ts';
import type { Reached } from './phases.ts';

/** The words by which statements speak of an object: of a part of a table, its own name and the table's. */
type Names = readonly string[];

/**
 * The pairs of goals, by their places, of which one's statements, there or back, speak of what the other makes, changes or drops. Rather a
 * pair too many than one too few: a word in a text or of another object counts.
 */
export function mentionsAmong(reached: readonly Reached[]): Iterable<readonly [number, number]> {
  const texts = reached.map(({ steps }) => steps.flatMap(({ sql, down }) => [...sql, ...down]).join('\n'));
  const speakers = new Map<string, Set<number>>();
  for (const [at, text] of texts.entries())
    for (const word of text.match(/[\p{L}_][\p{L}\p{N}_]*/gu) ?? []) {
      const known = speakers.get(word);
      if (known === undefined) speakers.set(word, new Set([at]));
      else known.add(at);
    }
  const speak = (name: string): ReadonlySet<number> => {
    const known = speakers.get(name);
    if (known !== undefined) return known;
    // No single word: it is looked for once.
    const found = new Set(texts.flatMap((text, at) => (text.includes(name.replaceAll('"', '""')) ? [at] : [])));
    speakers.set(name, found);
    return found;
  };

  const pairs: (readonly [number, number])[] = [];
  for (const [at, { goal, steps }] of reached.entries()) {
    if (steps.length === 0) continue;
    for (const names of touchedBy(goal)) {
      const [own = '', ...beside] = names;
      for (const other of speak(own)) if (beside.every((name) => speak(name).has(other))) pairs.push([at, other]);
    }
  }
  return pairs;
}

/** What becomes there, other, or gone when a goal is reached. What is only said of an object (comments, privileges) is nobody's need. */
function touchedBy({ order }: SchemaGoal): readonly Names[] {
  return order.makes.flatMap((token) => {
    const key = token.replace(/^(?:gone|typed|arrived) /, '');
    const [, kind = '', rest = ''] = /^(\S+(?: view)?) (.*)$/s.exec(key) ?? [];
    switch (kind) {
      case 'column':
      case 'constraint': {
        const { name } = nameOf(rest);
        const dot = name.lastIndexOf('.');
        // Few speak of a table, and many of a column that is called `id`.
        return [[name.slice(0, dot), name.slice(dot + 1)]];
      }
      case 'table':
      case 'index':
      case 'view':
      case 'materialized view':
      case 'sequence':
      case 'function':
      case 'aggregate':
      case 'enum':
      case 'domain':
      case 'composite':
      case 'range':
        return [[nameOf(rest.replace(/\(.*$/s, '')).name]];
      case 'trigger':
      case 'policy':
      case 'rule':
        return [[rest.slice(0, rest.lastIndexOf(' on '))]];
      default:
        return [];
    }
  });
}
