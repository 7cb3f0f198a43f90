const { readFileSync, statSync } = require('node:fs');

const root = `${__dirname}/../`;
const changed = (path) => statSync(root + path, { throwIfNoEntry: false })?.mtimeMs;

/**
 * Whether `dist/` holds a command as the sources say it: it was made, and no source has changed since. Five hundred files
 * take tens of milliseconds to load one by one, and one or two to be asked for their times.
 */
exports.isBundled = (command) => {
  const made = changed('dist/bundle.json');
  if (made === undefined) return false;
  const { commands, inputs } = JSON.parse(readFileSync(`${root}dist/bundle.json`, 'utf8'));
  return commands.includes(command) && inputs.every((path) => (changed(path) ?? 0) <= made);
};
