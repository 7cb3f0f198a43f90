import { readFileSync, statSync } from 'node:fs';

const at = (path) => new URL(`../${path}`, import.meta.url);
const changed = (path) => statSync(at(path), { throwIfNoEntry: false })?.mtimeMs;

/**
 * Whether `dist/` holds a command as the sources say it: it was made, and no source has changed since. Three hundred files
 * take tens of milliseconds to load one by one, and one or two to be asked for their times.
 */
export function isBundled(command) {
  const made = changed('dist/bundle.json');
  if (made === undefined) return false;
  const { commands, inputs } = JSON.parse(readFileSync(at('dist/bundle.json'), 'utf8'));
  return commands.includes(command) && inputs.every((path) => (changed(path) ?? 0) <= made);
}
