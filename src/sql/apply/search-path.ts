import type { Change, ChangeKind, Script, Statement } from '../change.ts';
import { defaultSchema, keyOf, type ObjectName } from '../name.ts';
import { applyTo } from './apply-to.ts';
import { type Draft, draftOf, snapshot } from './draft.ts';

/** The schemas in which a name without one is looked for, in order. */
type SearchPath = readonly string[];

/**
 * The schemas of a search_path as it is set, or `undefined` where names mean what they mean without one. `$user` is left out: most
 * roles have no schema of their name (manual, "The Schema Search Path").
 */
function searchPath(value: string | undefined): SearchPath | undefined {
  if (value === undefined || value === 'default') return undefined;
  const schemas = value
    .split(',')
    .map((schema) => schema.trim().replace(/^"(.*)"$/, '$1'))
    .filter((schema) => schema !== '' && schema !== '$user' && schema !== 'pg_catalog');
  return schemas.length === 0 || schemas[0] === defaultSchema ? undefined : schemas;
}

/** Kinds that make an object, which then stands in the first schema of the path. */
const makers: ReadonlySet<ChangeKind> = new Set([
  'create-table',
  'create-view',
  'create-enum',
  'create-domain',
  'create-composite',
  'create-sequence',
  'create-function',
]);

/**
 * The script with its names as its search_path means them: what a statement makes is made in the first schema, what it names is
 * the first of that name that is known along the path, and what is known nowhere is taken to be in the first schema. A script that
 * sets no path, which is nearly every one, is returned as it is.
 */
export function inSearchPath(script: Script, before: Draft): Script {
  const initial = searchPath(before.settings.get('search_path'));
  const setsPath = script.statements.some(
    (statement) => schemaOf(statement) !== undefined || statement.changes.some(isPathSetting),
  );
  if (initial === undefined && !setsPath) return script;

  const draft = draftOf(snapshot(before));
  let path = initial;
  const statements = script.statements.map((statement) => {
    const schema = schemaOf(statement);
    const changes: Change[] = [];
    for (const written of statement.changes) {
      const change = placed(written, schema === undefined ? path : [schema, ...(path ?? [defaultSchema])], draft);
      changes.push(change);
      if (change.within !== undefined) continue;
      applyTo(draft, change);
      if (isPathSetting(change)) path = change.value === 'default' ? initial : searchPath(change.value);
    }
    return { ...statement, changes };
  });
  return { ...script, statements };
}

/** The schema in which a CREATE SCHEMA makes its elements, and looks for names first (manual, CREATE SCHEMA). */
function schemaOf({ changes: [first, ...elements] }: Statement): string | undefined {
  return first?.kind === 'create-schema' && elements.length > 0 ? first.schema : undefined;
}

function isPathSetting(change: Change): change is Extract<Change, { kind: 'set' }> {
  return change.kind === 'set' && change.setting === 'search_path' && change.scope !== 'later';
}

function placed(change: Change, path: SearchPath | undefined, draft: Draft): Change {
  const [first] = path ?? [];
  if (path === undefined || first === undefined) return change;
  if (change.kind === 'create-table' && change.temporary) return change;
  let made = !makers.has(change.kind);
  return mapped(change, (name) => {
    if (name.schema !== undefined || isFoundBefore(name, draft)) return name;
    // The first name in the change of a maker is that of what it makes.
    const schema = made ? path.find((each) => isKnown({ ...name, schema: each }, draft)) : first;
    made = true;
    return { schema: schema ?? first, name: name.name };
  }) as Change;
}

/** Temporary objects and the system's own go before any path (manual, search_path). */
function isFoundBefore(name: ObjectName, draft: Draft): boolean {
  return name.name.startsWith('pg_') || draft.temporary.has(keyOf(name));
}

function isKnown(name: ObjectName, draft: Draft): boolean {
  const key = keyOf(name);
  const { tables, views, enums, domains, composites, sequences, functions, owners } = draft;
  return [tables, views, enums, domains, composites, sequences, functions, owners].some((each) => each.has(key));
}

/** A copy in which every object name is another. Names are told by their shape: nothing else in a change has only these keys. */
function mapped(value: unknown, place: (name: ObjectName) => ObjectName): unknown {
  if (Array.isArray(value)) return value.map((each) => mapped(each, place));
  if (typeof value !== 'object' || value === null) return value;
  if (isName(value)) return place(value);
  return Object.fromEntries(Object.entries(value).map(([key, each]) => [key, mapped(each, place)]));
}

function isName(value: object): value is ObjectName {
  const keys = Object.keys(value);
  return 'name' in value && typeof value.name === 'string' && keys.every((key) => key === 'name' || key === 'schema');
}
