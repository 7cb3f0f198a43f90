import type { Config, Database } from '../../config/config.ts';
import type { Repository, Tree } from '../../github/port.ts';
import { digest } from '../../kernel/hash.ts';
import type { Lru } from '../../kernel/lru.ts';
import { catalogOf } from '../../sql/apply/index.ts';
import { type Catalog, emptyCatalog } from '../../sql/catalog.ts';
import { findHistories } from '../../sql/history/find.ts';
import type { History, Migration } from '../../sql/history/history.ts';
import { readMigration } from '../../sql/history/read.ts';
import { leavesDoubt } from '../../sql/lint/knowledge.ts';
import { parse } from '../../sql/parsers/index.ts';
import type { Schema } from '../observed.ts';

/** Catalogs by the digest of the migrations that they came from: a review costs what the pull request costs, not the history. */
export type CatalogCache = Lru<Built>;

interface Built {
  readonly catalog: Catalog;
  readonly problems: readonly string[];
  /** Nothing in the migrations may do more than can be read. */
  readonly whole: boolean;
}

/** A database with the history that its migrations make at one commit. */
export interface Located {
  readonly database: Database;
  readonly history?: History;
}

/** Where each database's migrations are among the files of a commit: as configured, else as found. */
export function locate(config: Config, tree: Tree): readonly Located[] {
  const paths = tree.entries.map(({ path }) => path);
  if (config.databases.length > 0) {
    return config.databases.map((database) => {
      const { engine, migrations, tool } = database;
      const [history] = findHistories(paths, {
        engine,
        ...(migrations === undefined ? {} : { migrations }),
        ...(tool === undefined ? {} : { tool }),
      });
      return history === undefined ? { database } : { database, history };
    });
  }
  const found = findHistories(paths);
  if (found.length === 0) return [{ database: assumed('main', undefined) }];
  return found.map((history) => ({
    database: assumed(found.length === 1 ? 'main' : history.directory, history),
    history,
  }));
}

/**
 * The database that an issue is about: the one that its sub-issue marker or its text names, else the first. Names are
 * compared as whole words.
 */
export function chooseDatabase(
  located: readonly Located[],
  issue: { readonly title: string; readonly body: string },
  named: unknown,
): Located {
  const text = `${issue.title}\n${issue.body}`.toLowerCase();
  const words = new Set(text.match(/[\w/.-]+/g));
  const [first = { database: assumed('main', undefined) }] = located;
  return (
    located.find(({ database }) => database.name === named) ??
    located.find(({ database }) => words.has(database.name.toLowerCase())) ??
    first
  );
}

function assumed(name: string, history: History | undefined): Database {
  return { name, engine: history?.engine ?? 'postgresql', tables: {} };
}

/** Reads one database's migrations at a commit into a catalog. */
export async function loadSchema(
  repository: Repository,
  tree: Tree,
  { database, history }: Located,
  cache: CatalogCache,
): Promise<Schema> {
  if (history === undefined) {
    return {
      database,
      migrations: [],
      catalog: emptyCatalog(database.engine),
      problems: [],
      digest: digest([database, 'empty']),
    };
  }
  const { migrations, problems: leftOut, blobs } = await readHistory(repository, tree, history);
  const problems = leftOut.map(({ path, why }) => `\`${path}\` was left out: ${why}`);
  const key = digest([database.engine, history.tool, blobs]);
  const known = cache.get(key) ?? build(database, migrations);
  cache.set(key, known);
  const cut = tree.truncated ? ['GitHub lists only a part of this repository, so migrations may be missing'] : [];
  const unread = [...cut, ...problems, ...known.problems];
  return {
    database,
    history,
    migrations,
    catalog: known.catalog,
    ...(known.whole && migrations.length > 0 && unread.length === 0 ? { whole: true } : {}),
    problems: [...cut, ...history.problems, ...problems, ...known.problems],
    digest: key,
  };
}

/** The migrations of a history with their texts. A file that is binary or too large is a problem with its name. */
export async function readHistory(
  repository: Repository,
  tree: Tree,
  history: History,
): Promise<{
  readonly migrations: readonly Migration[];
  readonly problems: readonly { readonly path: string; readonly why: string }[];
  readonly blobs: readonly string[];
}> {
  const shas = new Map(tree.entries.map(({ path, sha }) => [path, sha]));
  const files = history.entries.flatMap(({ up, down, metadata }) =>
    [up, down, metadata].filter((path) => path !== undefined),
  );
  const blobs = files.flatMap((path) => shas.get(path) ?? []);
  const texts = await repository.texts(blobs);
  const textOf = (path: string | undefined) => (path === undefined ? undefined : texts.get(shas.get(path) ?? ''));

  const migrations: Migration[] = [];
  const problems: { readonly path: string; readonly why: string }[] = [];
  for (const entry of history.entries) {
    const up = textOf(entry.up);
    if (typeof up !== 'string') {
      problems.push({ path: entry.up, why: 'it is binary or too large to be a migration' });
      continue;
    }
    const down = textOf(entry.down);
    const metadata = textOf(entry.metadata);
    migrations.push(
      readMigration(entry, history.tool, {
        up,
        ...(typeof down === 'string' ? { down } : {}),
        ...(typeof metadata === 'string' ? { metadata } : {}),
      }),
    );
  }
  return { migrations, problems, blobs: files.map((path) => `${path} ${shas.get(path) ?? ''}`) };
}

function build(database: Database, migrations: readonly Migration[]): Built {
  const scripts = migrations.map(({ file, sql }) => ({ file, script: parse(sql, database.engine) }));
  const unread = scripts.flatMap(({ file, script }) =>
    script.errors.map(({ line, column, message }) => `\`${file}\` line ${line}, column ${column}: ${message}`),
  );
  const { catalog, problems } = catalogOf(
    database.engine,
    scripts.map(({ script }) => script),
  );
  return {
    catalog,
    problems: [...unread, ...problems.map(({ problem }) => problem)],
    whole: !scripts.some(({ script }) => leavesDoubt(script)),
  };
}
