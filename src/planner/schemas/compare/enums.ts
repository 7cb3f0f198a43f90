import { display } from '../../../sql/name.ts';
import { enumKey, nameOf } from '../keys.ts';
import { type Comparison, change, type Differences, goersOf, makingOf, none, only, together } from './differences.ts';

/** Enums: what is new is made, values are added where they belong, and what only another type can give is a replacement. */
export function compareEnums(comparison: Comparison): Differences {
  const { current, desired } = comparison;
  return together([
    ...[...desired.catalog.enums].map(([key, values]) => {
      const known = current.catalog.enums.get(key);
      const type = nameOf(key);
      if (known === undefined)
        return only([change({ kind: 'create-enum', type, values }, makingOf(enumKey(key), comparison))]);
      return alteredEnum(key, known, values, comparison);
    }),
  ]);
}

function alteredEnum(key: string, was: readonly string[], is: readonly string[], comparison: Comparison): Differences {
  if (was.join('\0') === is.join('\0')) return none;
  const type = nameOf(key);
  const kept = is.filter((value) => was.includes(value));
  const order = makingOf(enumKey(key), comparison);
  if (kept.join('\0') !== was.join('\0')) {
    const renamed = renameOf(key, was, is, comparison);
    if (renamed !== undefined) return renamed;
    const said = saidRenames(key, was, is, comparison);
    if (said.size > 0) {
      const then = alteredEnum(
        key,
        was.map((value) => said.get(value) ?? value),
        is,
        comparison,
      );
      return together([
        only(
          [...said].map(([value, to]) =>
            change({ kind: 'rename-enum-value', type, value, to }, { makes: [`renamed ${key}`], needs: [] }),
          ),
        ),
        after(then, `renamed ${key}`),
      ]);
    }
    // A column that goes need not go over to the new type first.
    const needs = [...order.needs, ...goersOf(enumKey(key), comparison)];
    return only([{ kind: 'replace-enum', type, values: is, order: { ...order, needs } }]);
  }
  return only(
    is.flatMap((value, at) => {
      if (was.includes(value)) return [];
      // The values before it are there by then, those behind it may be new.
      const before = is.slice(at + 1).find((each) => was.includes(each));
      const after = is[at - 1];
      const isLast = is.slice(at).every((each) => !was.includes(each));
      const place = isLast ? {} : after === undefined ? { before: before ?? '' } : { after };
      return [change({ kind: 'add-enum-value', type, value, ...place }, order)];
    }),
  );
}

/** Values that are said to have another name, where others come and go as well. */
function saidRenames(
  key: string,
  was: readonly string[],
  is: readonly string[],
  { answers }: Comparison,
): ReadonlyMap<string, string> {
  return new Map(
    was.flatMap((value) => {
      const to = answers.renames.get(`${key}.${value}`);
      return to === undefined || is.includes(value) || was.includes(to) || !is.includes(to) ? [] : [[value, to]];
    }),
  );
}

function after(differences: Differences, token: string): Differences {
  const goals = differences.goals.map((goal) => ({
    ...goal,
    order: { ...goal.order, needs: [...goal.order.needs, token] },
  }));
  return { ...differences, goals };
}

/** One value is another at the same place: asked, because only a renaming keeps the rows that have it. */
function renameOf(
  key: string,
  was: readonly string[],
  is: readonly string[],
  comparison: Comparison,
): Differences | undefined {
  const changed = was.flatMap((value, at) => (is[at] === value ? [] : [at]));
  const [at] = changed;
  if (was.length !== is.length || changed.length !== 1 || at === undefined) return undefined;
  const [value, to] = [was[at] as string, is[at] as string];
  const type = nameOf(key);
  const name = `${key}.${value}`;
  if (comparison.answers.drops.has(name)) return undefined;
  if (comparison.answers.renames.get(name) === to)
    return only([change({ kind: 'rename-enum-value', type, value, to }, makingOf(enumKey(key), comparison))]);
  return {
    ...none,
    questions: [
      {
        id: `rename ${name}`,
        to: 'asker',
        text: `Value '${value}' of type ${display(type)} is gone, and '${to}' stands in its place: was it renamed, or may no row have it any more?`,
        choices: [`rename ${display(type)}.${value}=${to}`, `drop ${display(type)}.${value}`],
        didYouMean: [],
      },
    ],
  };
}
