import { existsSync, statSync } from 'node:fs';
import { basename, dirname, join, relative, resolve } from 'node:path';
import type { Config } from '../../config/config.ts';
import type { RuleSettings } from '../../sql/lint/levels.ts';
import { readText } from '../inputs/text.ts';
import { UsageError } from '../usage.ts';

/** Where the configuration stands in a repository. */
const usualPlace = '.github/database-lead.yml';

/** A configuration that was found, ready to be asked about files of the command line. */
export interface Configured {
  /** The file it stands in, as a person names it. */
  readonly file: string;
  /** The directory that its paths are relative to. */
  readonly root: string;
  readonly config: Config;
  /** What holds in a file, by its name in reports. */
  readonly settingsAt: (file: string) => RuleSettings | 'ignored';
}

/**
 * Finds the configuration for a path: the nearest above it, up to the root of its git repository. Directories are asked once,
 * because a shell may name thousands of files of one.
 */
export function configurationFinder(): (path: string) => string | undefined {
  const known = new Map<string, string | undefined>();
  const find = (directory: string): string | undefined => {
    if (known.has(directory)) return known.get(directory);
    const file = join(directory, usualPlace);
    const parent = dirname(directory);
    const isLast = parent === directory || existsSync(join(directory, '.git'));
    const found = existsSync(file) ? file : isLast ? undefined : find(parent);
    known.set(directory, found);
    return found;
  };
  return (path) => find(isDirectory(path) ? resolve(path) : dirname(resolve(path)));
}

/**
 * Reads a configuration; `over` is laid over whatever it says of rules. Throws {@link UsageError} on a mistake in it: on a
 * command line nobody reads a comment about it later. The libraries are loaded only here, because most runs have no such file.
 */
export async function readConfiguration(file: string, over: RuleSettings): Promise<Configured> {
  const shown = shownPath(file);
  const found = readText(file);
  if ('problem' in found)
    throw new UsageError(`${shown} ${found.problem}`, 'Name another with --config, or none with --no-config');
  const { parseConfig } = await import('../../config/config.ts');
  const { isIgnored, settingsByPath } = await import('../../config/paths.ts');
  const { config, problems } = parseConfig(found.text);
  if (problems.length > 0) {
    const lines = problems.map(({ key, value, allowed, line, column }) => {
      const place = line === undefined ? shown : `${shown}:${line}:${column ?? 1}`;
      return `${place}: ${key} is ${JSON.stringify(value) ?? 'empty'}; allowed: ${allowed}`;
    });
    throw new UsageError(lines.join('\n'), 'docs/configuration.md describes every key; --no-config goes on without it');
  }
  const root = rootOf(file);
  const settings = settingsByPath(config, over);
  return {
    file: shown,
    root,
    config,
    settingsAt(name) {
      const path = pathBelow(root, name);
      return isIgnored(config, path) ? 'ignored' : settings(path);
    },
  };
}

/** A file as the configuration's globs see it. */
export function pathBelow(root: string, file: string): string {
  return relative(root, resolve(file)).replaceAll('\\', '/');
}

/** The repository around `.github/`; a file that stands elsewhere speaks of the working directory. */
function rootOf(file: string): string {
  const directory = dirname(resolve(file));
  return basename(directory) === '.github' ? dirname(directory) : process.cwd();
}

/** Short where the file lies below, else in full. */
function shownPath(file: string): string {
  const path = relative(process.cwd(), resolve(file));
  return (path.startsWith('../../') ? resolve(file) : path).replaceAll('\\', '/');
}

function isDirectory(path: string): boolean {
  return statSync(path, { throwIfNoEntry: false })?.isDirectory() === true;
}
