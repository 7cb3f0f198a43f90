import { join, relative, resolve } from 'node:path';
import picomatch from 'picomatch';
import type { Database } from '../../config/config.ts';
import type { Engine } from '../../sql/engine.ts';
import type { RuleSettings } from '../../sql/lint/levels.ts';
import { engineNear, usualEngine } from '../inputs/engine.ts';
import { locate } from '../inputs/locate.ts';
import { standardInput } from '../inputs/text.ts';
import { UsageError } from '../usage.ts';
import { type Configured, configurationFinder, pathBelow, readConfiguration } from './configuration.ts';

/** Paths that are read together, with what holds for them. */
export interface Job {
  readonly paths: readonly string[];
  readonly configured?: Configured;
  /** The configured database that they are of, and where its migrations are, from the working directory. */
  readonly database?: Database;
  readonly migrations?: string;
  /** The engine that the paths name, where others of the command name another. */
  readonly engine?: Engine;
}

export interface JobOptions {
  readonly paths: readonly string[];
  /** A configuration file; without one it is looked for, `'none'`: nothing is. */
  readonly config?: string | { readonly none: true };
  readonly engine?: Engine;
  readonly rules: RuleSettings;
  /** Where standard input is taken to stand. */
  readonly inputName?: string;
  /** For the {@link UsageError} when there is nothing to lint. */
  readonly usage: string;
}

/**
 * Sorts paths by the configuration and the database that they belong to. Without paths, the migrations that are configured
 * for the working directory, else those that are found in it. Throws {@link UsageError} where there are none.
 */
export async function jobsOf(options: JobOptions): Promise<readonly Job[]> {
  const known = new Map<string, Promise<Configured>>();
  const findConfiguration = configurationFinder();
  const configurationFor = async (path: string): Promise<Configured | undefined> => {
    if (typeof options.config === 'object') return undefined;
    const file = options.config ?? findConfiguration(path);
    if (file === undefined) return undefined;
    const reading = known.get(file) ?? readConfiguration(file, options.rules);
    known.set(file, reading);
    return reading;
  };
  if (options.paths.length === 0) return jobsWithoutPaths(await configurationFor('.'), options);

  const jobs: Job[] = [];
  for (const path of options.paths) {
    const configured = await configurationFor(path === standardInput.path ? (options.inputName ?? '.') : path);
    jobs.push(...jobsFor(path, configured, options));
  }
  return merged(options.engine === undefined ? withEngines(jobs) : jobs);
}

/** Paths that name different engines (`db/mysql db/postgres`) are read apart, where no configuration tells better. */
function withEngines(jobs: readonly Job[]): readonly Job[] {
  const told = jobs.map(({ database, paths: [path = ''] }) => (database === undefined ? engineNear(path) : undefined));
  if (new Set(told.filter((engine) => engine !== undefined)).size < 2) return jobs;
  return jobs.map((job, at) => (job.database === undefined ? { ...job, engine: told[at] ?? usualEngine } : job));
}

function jobsWithoutPaths(configured: Configured | undefined, { engine, usage }: JobOptions): readonly Job[] {
  if (configured !== undefined) {
    const jobs = configured.config.databases.flatMap((database) => {
      const path = migrationsOf(database, configured);
      return path === undefined || (engine ?? database.engine) !== database.engine
        ? []
        : [{ paths: [path], configured, database }];
    });
    if (jobs.length > 0) return jobs;
  }
  if (!hasMigrations()) throw new UsageError('nothing to lint', `Usage: ${usage}`);
  const only = configured?.config.databases.length === 1 ? configured.config.databases[0] : undefined;
  return [{ paths: ['.'], ...(configured && { configured }), ...(only && { database: only }) }];
}

function hasMigrations(): boolean {
  try {
    return locate('.').kind === 'histories';
  } catch (error) {
    if (error instanceof UsageError) return false;
    throw error;
  }
}

/** A path is of the database whose migrations it lies in; a directory above several stands for each of them. */
function jobsFor(path: string, configured: Configured | undefined, options: JobOptions): readonly Job[] {
  if (configured === undefined) return [{ paths: [path] }];
  const { databases } = configured.config;
  const place = pathBelow(configured.root, path === standardInput.path ? (options.inputName ?? '.') : path);
  const own = databases.find((database) => holds(database, place));
  if (own !== undefined) {
    const migrations = migrationsOf(own, configured);
    return [{ paths: [path], configured, database: own, ...(migrations === undefined ? {} : { migrations }) }];
  }
  const below = databases.flatMap((database) => {
    const migrations = migrationsOf(database, configured);
    const isBelow =
      path !== standardInput.path && `${database.migrations}/`.startsWith(place === '' ? '' : `${place}/`);
    return migrations !== undefined && isBelow ? [{ paths: [migrations], configured, database }] : [];
  });
  // Who asks for an engine asks for the databases that have it, where there are any.
  const asked = below.filter(({ database }) => database.engine === options.engine);
  if (below.length > 0) return asked.length > 0 ? asked : below;
  const [only] = databases;
  return [{ paths: [path], configured, ...(databases.length === 1 && only !== undefined ? { database: only } : {}) }];
}

/** Where a database's migrations are, from the working directory. */
function migrationsOf({ migrations }: Database, { root }: Configured): string | undefined {
  if (migrations === undefined) return undefined;
  const path = relative(process.cwd(), resolve(join(root, migrations)));
  return path === '' ? '.' : path;
}

const matchers = new WeakMap<Database, (place: string) => boolean>();

/** Whether a place in the repository is among a database's migrations. */
function holds(database: Database, place: string): boolean {
  const known = matchers.get(database);
  if (known !== undefined) return known(place);
  const folder = database.migrations?.replace(/^\.\//, '').replace(/\/+$/, '');
  const matches = folder === undefined ? () => false : picomatch([folder, `${folder}/**`], { dot: true });
  matchers.set(database, matches);
  return matches(place);
}

/** Paths with one configuration and database are one job, so that files that belong together are read together. */
function merged(jobs: readonly Job[]): readonly Job[] {
  const groups = new Map<string, Job>();
  for (const job of jobs) {
    const key = JSON.stringify([job.configured?.root, job.configured?.file, job.database?.name, job.engine]);
    const paths = [...(groups.get(key)?.paths ?? []), ...job.paths];
    groups.set(key, { ...job, paths });
  }
  return [...groups.values()];
}
