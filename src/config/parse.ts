import type { z } from 'zod';
import type { Rule } from '../sql/rule.ts';
import type { Config, ConfigProblem, Database, PathSettings, Specialist } from './config.ts';
import { defaults } from './defaults.ts';
import { didYouMean } from './did-you-mean.ts';
import { readYaml, type Source } from './document.ts';
import { type FileShape, schemaFor } from './schema.ts';

/** More are a broken file rather than mistakes in it. */
const MAX_PROBLEMS = 50;

export interface ParsedConfig {
  readonly config: Config;
  readonly problems: readonly ConfigProblem[];
}

/**
 * Reads `.github/database-lead.yml`; `undefined` where there is none. Never throws: what is wrong is told, with its place and
 * with what is allowed, and everything else is in force, with defaults for what is wrong or missing.
 * `rules` are those that it may name; by default all of ours.
 */
export function parseConfig(text: string | undefined, rules?: readonly Rule[]): ParsedConfig {
  if (text === undefined || text.trim() === '') return { config: defaults, problems: [] };
  const source = readYaml(text);
  const schema = schemaFor(rules);
  const problems: ConfigProblem[] = [...source.problems];
  let { data } = source;
  // Each round takes out what is wrong, so the next sees only what that had hidden. The depth of the file bounds the rounds.
  for (let round = 0; round < 12; round++) {
    const result = schema.safeParse(data);
    if (result.success) return { config: configOf(result.data), problems: inOrder(problems) };
    const said = new Set<string>();
    for (const issue of result.error.issues) {
      for (const path of placesOf(issue)) {
        // A value can be wrong in two ways; one is enough to know.
        if (said.has(keyOf(path))) continue;
        said.add(keyOf(path));
        problems.push(problemOf(issue, path, data, source));
        data = without(data, path);
      }
    }
  }
  return { config: defaults, problems: inOrder(problems) };
}

/** What is wrong: the value, or each key that is not known. */
function placesOf(issue: z.core.$ZodIssue): readonly (readonly PropertyKey[])[] {
  return issue.code === 'unrecognized_keys' ? issue.keys.map((key) => [...issue.path, key]) : [issue.path];
}

function problemOf(
  issue: z.core.$ZodIssue,
  path: readonly PropertyKey[],
  data: unknown,
  { placeOf }: Source,
): ConfigProblem {
  const name = String(path.at(-1) ?? '');
  const known = keysInstead(issue);
  const meant = known === undefined ? undefined : didYouMean(name, known);
  const allowed = issue.code === 'invalid_key' ? (issue.issues[0]?.message ?? issue.message) : issue.message;
  return {
    key: keyOf(path),
    value: known === undefined ? valueAt(data, path) : name,
    allowed: meant === undefined ? allowed : `${allowed}; did you mean ${meant}?`,
    ...placeOf(path),
  };
}

/** The keys that may stand there, where it is the key that is wrong. */
function keysInstead(issue: z.core.$ZodIssue): readonly string[] | undefined {
  switch (issue.code) {
    case 'unrecognized_keys':
      return issue.message.split(', ');
    case 'invalid_key':
      return [];
    case 'custom':
      return issue.params?.known;
    default:
      return undefined;
  }
}

/** `databases[0].engine`; the file itself where the path is empty. */
function keyOf(path: readonly PropertyKey[]): string {
  const key = path.map((part) => (typeof part === 'number' ? `[${part}]` : `.${String(part)}`)).join('');
  return key === '' ? '.github/database-lead.yml' : key.replace(/^\./, '');
}

function valueAt(data: unknown, path: readonly PropertyKey[]): unknown {
  return path.reduce<unknown>(
    (value, part) =>
      typeof value === 'object' && value !== null && Object.hasOwn(value, part)
        ? (value as Record<PropertyKey, unknown>)[part]
        : undefined,
    data,
  );
}

/**
 * The data without what stands at that place; elements of a list leave a gap, so that the others keep their numbers. Changes
 * the data itself: a copy for each of thousands of mistakes takes seconds.
 */
function without(data: unknown, path: readonly PropertyKey[]): unknown {
  const last = path.at(-1);
  if (last === undefined) return {};
  const parent = valueAt(data, path.slice(0, -1));
  if (Array.isArray(parent)) parent[Number(last)] = undefined;
  else if (typeof parent === 'object' && parent !== null) Reflect.deleteProperty(parent, last);
  return data;
}

/** As they stand in the file, and not without end. */
function inOrder(found: readonly ConfigProblem[]): readonly ConfigProblem[] {
  const problems = found.toSorted((a, b) => (a.line ?? 0) - (b.line ?? 0) || (a.column ?? 0) - (b.column ?? 0));
  if (problems.length <= MAX_PROBLEMS) return problems;
  const more = `${problems.length - MAX_PROBLEMS} more mistakes`;
  return [
    ...problems.slice(0, MAX_PROBLEMS),
    { key: '.github/database-lead.yml', value: more, allowed: 'what docs/configuration.md describes' },
  ];
}

function configOf(file: FileShape): Config {
  const { review = {} } = file;
  return {
    labels: { request: file.labels?.request ?? defaults.labels.request },
    databases: (file.databases ?? []).map(databaseOf),
    roles: file.roles ?? defaults.roles,
    specialists:
      file.specialists === undefined ? defaults.specialists : Object.entries(file.specialists).map(specialistOf),
    review: {
      requestChanges: review['request-changes'] ?? defaults.review.requestChanges,
      approve: review.approve ?? defaults.review.approve,
      maxThreads: review['max-threads'] ?? defaults.review.maxThreads,
      quiet: review.quiet ?? defaults.review.quiet,
      ...(review.rules ?? { rules: defaults.review.rules, ruleOptions: defaults.review.ruleOptions }),
      paths: (review.paths ?? []).flatMap(pathSettings),
      pathsIgnore: review['paths-ignore'] ?? defaults.review.pathsIgnore,
    },
    plan: { approval: file.plan?.approval ?? defaults.plan.approval },
    signOff: [...new Set(file['sign-off'] ?? defaults.signOff)],
    environments: [...new Set(file.environments ?? defaults.environments)],
    ...(file.mdtm === undefined ? {} : { mdtm: { path: file.mdtm.path ?? '.mdtm/tasks' } }),
    staleDays: file['stale-days'] ?? defaults.staleDays,
  };
}

type PathShape = NonNullable<NonNullable<FileShape['review']>['paths']>[number];
type DatabaseShape = NonNullable<FileShape['databases']>[number];
type SpecialistShape = NonNullable<FileShape['specialists']>[string];

/** Without a path it is meant for no file. */
function pathSettings({ path, rules }: PathShape): readonly PathSettings[] {
  return path === undefined || rules === undefined ? [] : [{ path, ...rules }];
}

function databaseOf({ name, engine, version, migrations, tool, tables }: DatabaseShape, index: number): Database {
  return {
    name: name ?? (index === 0 ? 'main' : `database-${index + 1}`),
    engine: engine ?? 'postgresql',
    ...(version === undefined ? {} : { version }),
    ...(migrations === undefined ? {} : { migrations }),
    ...(tool === undefined ? {} : { tool }),
    tables: Object.fromEntries(
      Object.entries(tables ?? {}).map(([table, { rows }]) => [table, rows === undefined ? {} : { rows }]),
    ),
  };
}

function specialistOf([name, { engines, assignees }]: [string, SpecialistShape]): Specialist {
  return { name, engines: engines ?? ['*'], assignees: assignees ?? [] };
}
