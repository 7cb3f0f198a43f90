import picomatch from 'picomatch';
import type { RuleSettings } from '../sql/lint/levels.ts';
import type { Config } from './config.ts';

type Matcher = (path: string) => boolean;

const compiled = new WeakMap<readonly string[], Matcher>();

/** Whether the configuration leaves a file out of reviews. A folder's name stands for everything in it. */
export function isIgnored({ review: { pathsIgnore } }: Config, path: string): boolean {
  if (pathsIgnore.length === 0) return false;
  const known = compiled.get(pathsIgnore);
  const matches = known ?? matcher(pathsIgnore);
  if (known === undefined) compiled.set(pathsIgnore, matches);
  return matches(path);
}

/**
 * What holds of rules in a file, by its path in the repository: `review.rules`, with every entry of `review.paths` that
 * matches over it, in order, and `over` on top. Files of which the same holds get the same object.
 */
export function settingsByPath({ review }: Config, over: RuleSettings = {}): (path: string) => RuleSettings {
  const entries = review.paths.map((entry) => ({ ...entry, matches: matcher([entry.path]) }));
  const known = new Map<string, RuleSettings>();
  return (path) => {
    const matching = entries.filter(({ matches }) => matches(path));
    const key = matching.map((entry) => entries.indexOf(entry)).join();
    const found = known.get(key) ?? [review, ...matching, over].reduce<RuleSettings>(laidOver, {});
    known.set(key, found);
    return found;
  };
}

function laidOver(below: RuleSettings, { rules, ruleOptions = {} }: RuleSettings): RuleSettings {
  const options = Object.entries(ruleOptions).map(([id, own]) => [id, { ...below.ruleOptions?.[id], ...own }]);
  return {
    rules: { ...below.rules, ...rules },
    ruleOptions: { ...below.ruleOptions, ...Object.fromEntries(options) },
  };
}

/** A leading exclamation mark is part of a name here: turned around, one entry would leave everything else out. */
function matcher(patterns: readonly string[]): Matcher {
  const clean = patterns.map((pattern) => pattern.replace(/^\.\//, '').replace(/\/+$/, ''));
  return picomatch([...clean, ...clean.map((pattern) => `${pattern}/**`)], { dot: true, nonegate: true });
}
