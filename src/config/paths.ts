import picomatch from 'picomatch';
import type { Config } from './config.ts';

const compiled = new WeakMap<readonly string[], (path: string) => boolean>();

/** Whether the configuration leaves a file out of reviews. A folder's name stands for everything in it. */
export function isIgnored({ review: { pathsIgnore } }: Config, path: string): boolean {
  if (pathsIgnore.length === 0) return false;
  const known = compiled.get(pathsIgnore);
  const matches = known ?? matcher(pathsIgnore);
  if (known === undefined) compiled.set(pathsIgnore, matches);
  return matches(path);
}

/** A leading exclamation mark is part of a name here: turned around, one entry would leave everything else out. */
function matcher(patterns: readonly string[]): (path: string) => boolean {
  const clean = patterns.map((pattern) => pattern.replace(/^\.\//, '').replace(/\/+$/, ''));
  return picomatch([...clean, ...clean.map((pattern) => `${pattern}/**`)], { dot: true, nonegate: true });
}
