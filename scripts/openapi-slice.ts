import { readFileSync, writeFileSync } from 'node:fs';
import { routes } from '../src/sandbox/rest/index.ts';

/**
 * Cuts out of GitHub's OpenAPI description what the sandbox serves, so that its answers can be held against it without
 * a dependency of 385 MB:
 *
 *     npm pack @octokit/openapi && tar xzf octokit-openapi-*.tgz package/generated/api.github.com.json
 *     npx node scripts/openapi-slice.ts package/generated/api.github.com.json
 */

const target = 'test/fixtures/github/openapi-slice.json';

/** Webhooks that the sandbox sends, by the beginning of their names in the description. */
const webhooks = [
  'issues-',
  'issue-comment-',
  'sub-issues-',
  'issue-dependencies-',
  'label-',
  'pull-request-',
  'check-run-',
  'check-suite-',
  'merge-group-',
  'push',
  'status',
  'deployment-created',
  'deployment-status-created',
  'installation-created',
  'installation-new-permissions-accepted',
];
/** Actions of those events that the sandbox never sends. */
const unsent = /milestoned|pinned|transferred|stacked|deleted$|auto-merge|enqueued|dequeued|-(un)?locked|typed|field-/;
const sentAfterAll: readonly string[] = [
  'issue-comment-deleted',
  'label-deleted',
  'pull-request-review-comment-deleted',
];

type Json = null | boolean | number | string | readonly Json[] | { readonly [name: string]: Json };
type JsonObject = { readonly [name: string]: Json };

/** Words about a schema that say nothing about what is valid. */
const prose = new Set([
  'description',
  'example',
  'examples',
  'title',
  'deprecated',
  'externalDocs',
  'default',
  'readOnly',
  'x-github',
  'x-multi-segment',
  'x-githubEnterpriseOnly',
]);

function isObject(value: Json | undefined): value is JsonObject {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

/** A schema without prose, in JSON Schema's spelling of `nullable`. `named`: the keys are names, not words. */
function trimmed(value: Json, named = false): Json {
  if (Array.isArray(value)) return value.map((entry: Json) => trimmed(entry));
  if (!isObject(value)) return value;
  const kept: Record<string, Json> = {};
  for (const [key, inner] of Object.entries(value)) {
    if (!named && (prose.has(key) || key === 'nullable')) continue;
    kept[key] = key === 'enum' && !named ? inner : trimmed(inner, key === 'properties' && !named);
  }
  if (named || value.nullable !== true) return kept;
  if (typeof kept.type !== 'string') return { anyOf: [kept, { type: 'null' }] };
  const values = kept.enum;
  return {
    ...kept,
    type: [kept.type, 'null'],
    ...(Array.isArray(values) && !values.includes(null) ? { enum: [...values, null] } : {}),
  };
}

function references(value: Json, found: Set<string>): void {
  if (Array.isArray(value)) for (const entry of value) references(entry, found);
  else if (isObject(value))
    for (const [key, inner] of Object.entries(value)) {
      if (key === '$ref' && typeof inner === 'string') found.add(inner);
      else references(inner, found);
    }
}

function at(root: JsonObject, pointer: string): JsonObject {
  let value: Json | undefined = root;
  for (const part of pointer.replace(/^#\//, '').split('/')) value = isObject(value) ? value[part] : undefined;
  if (!isObject(value)) throw new Error(`the description has nothing at ${pointer}`);
  return value;
}

function resolved(root: JsonObject, value: Json | undefined): JsonObject {
  if (!isObject(value)) return {};
  return typeof value.$ref === 'string' ? at(root, value.$ref) : value;
}

function schemaIn(content: Json | undefined): Json | undefined {
  if (!isObject(content)) return undefined;
  const body = content['application/json'] ?? content['application/vnd.github.object'];
  return isObject(body) && body.schema !== undefined ? trimmed(body.schema) : undefined;
}

function shape(path: string): string {
  return path.replace(/\{[^}]+\}|[:*][a-z_]+/g, '{}');
}

const source = process.argv[2];
if (source === undefined) throw new Error('name the file of the description');
const description = JSON.parse(readFileSync(source, 'utf8')) as JsonObject;
const paths = new Map(Object.entries(at(description, '#/paths')).map(([path, item]) => [shape(path), { path, item }]));
const operations: Record<string, Json> = {};
const missing: string[] = [];
for (const { method, path } of routes) {
  const known = paths.get(shape(path));
  const operation = isObject(known?.item) ? known.item[method.toLowerCase()] : undefined;
  if (!isObject(operation)) {
    missing.push(`${method} ${path}`);
    continue;
  }
  const answers: Record<string, Json> = {};
  for (const [status, given] of Object.entries(resolved(description, operation.responses)))
    answers[status] = schemaIn(resolved(description, given).content) ?? true;
  operations[`${method} ${path}`] = answers;
}

const events: Record<string, Json> = {};
for (const [name, item] of Object.entries(at(description, '#/x-webhooks'))) {
  if (!webhooks.some((beginning) => name.startsWith(beginning))) continue;
  if (unsent.test(name) && !sentAfterAll.includes(name)) continue;
  const body = resolved(description, isObject(item) ? resolved(description, item.post).requestBody : undefined);
  const schema = schemaIn(body.content);
  if (schema !== undefined) events[name] = schema;
}

const schemas: Record<string, Json> = {};
const waiting = new Set<string>();
references(operations, waiting);
references(events, waiting);
for (const pointer of waiting) {
  schemas[pointer.replace('#/components/schemas/', '')] = trimmed(at(description, pointer));
  references(schemas[pointer.replace('#/components/schemas/', '')] ?? null, waiting);
}

writeFileSync(target, `${JSON.stringify({ operations, webhooks: events, components: { schemas } })}\n`);
process.stdout.write(
  `${Object.keys(operations).length} operations, ${Object.keys(events).length} webhooks, ${Object.keys(schemas).length} schemas\n` +
    `Not in the description: ${missing.join(', ') || 'nothing'}\n`,
);
