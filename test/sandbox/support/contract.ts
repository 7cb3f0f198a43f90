import { readFileSync } from 'node:fs';
import { Ajv, type ValidateFunction } from 'ajv';
import formats from 'ajv-formats';
import { router } from '../../../src/sandbox/rest/index.ts';

/**
 * GitHub's own words about its answers: the slice of its OpenAPI description that `scripts/openapi-slice.ts` cuts, and
 * the published webhook schemas.
 */
const slice = JSON.parse(
  readFileSync(new URL('../../fixtures/github/openapi-slice.json', import.meta.url), 'utf8'),
) as {
  operations: Record<string, Record<string, unknown>>;
  webhooks: Record<string, unknown>;
};
// The description wants every account here to be a user and an enterprise at once, which none is; one installation on its
// own is described as it comes.
slice.operations['GET /app/installations'] = {
  200: { type: 'array', items: { $ref: '#/components/schemas/installation' } },
};
const published = JSON.parse(
  readFileSync(new URL('../../../node_modules/@octokit/webhooks-schemas/schema.json', import.meta.url), 'utf8'),
) as { definitions: Record<string, unknown> };

const ajv = new Ajv({ strict: false, allErrors: true });
const olderAjv = new Ajv({ strict: false, allErrors: true });
for (const one of [ajv, olderAjv]) {
  formats.default(one);
  // A format of GitHub's own: `owner/name`.
  one.addFormat('repo.nwo', /^[^/]+\/[^/]+$/);
  // Bots have brackets in their addresses, and absent addresses are empty: both are in GitHub's own examples.
  one.addFormat('email', /@/);
  one.addFormat('uri', /^$|^[a-z]+:\/\/\S+$|^git@/);
}
ajv.addSchema(withNewerEvents(slice) as object, 'slice');
// The published schemas are closed, and GitHub has added members since: more is allowed, less is not.
olderAjv.addSchema(opened(published) as object, 'published');

/** Both lists of the events that an App can subscribe to were written before `sub_issues` was one of them. */
function named(events: unknown): unknown {
  const isList = typeof events === 'object' && events !== null && 'items' in events;
  return isList ? { ...events, items: { type: 'string' } } : events;
}

/** The slice with that list opened. */
function withNewerEvents(schema: unknown): unknown {
  if (Array.isArray(schema)) return schema.map(withNewerEvents);
  if (typeof schema !== 'object' || schema === null) return schema;
  const inner = Object.entries(schema);
  return Object.fromEntries(
    inner.map(([key, value]) => [key, key === 'events' ? named(value) : withNewerEvents(value)]),
  );
}

function opened(schema: unknown): unknown {
  if (Array.isArray(schema)) return schema.map(opened);
  if (typeof schema !== 'object' || schema === null) return schema;
  const inner = Object.entries(schema).filter(([key, value]) => key !== 'additionalProperties' || value !== false);
  return Object.fromEntries(inner.map(([key, value]) => [key, key === 'events' ? named(value) : opened(value)]));
}

function pointer(...parts: readonly string[]): string {
  return parts.map((part) => `/${part.replaceAll('~', '~0').replaceAll('/', '~1')}`).join('');
}

function validator(within: Ajv, key: string): ValidateFunction {
  const found = within.getSchema(key);
  if (!found) throw new Error(`no schema ${key}`);
  return found;
}

function complaints(validate: ValidateFunction, value: unknown): string[] {
  if (validate(value)) return [];
  // Where the description offers alternatives they often overlap; that more than one fits is no fault of the answer.
  return (
    (validate.errors ?? [])
      .filter((error) => !(error.keyword === 'oneOf' && error.params.passingSchemas))
      // Comments on a whole file and outdated ones have no line: GitHub sends null, and GraphQL's schema says so.
      .filter((error) => !(/(line|position)$/.test(error.instancePath) && error.params.type === 'integer'))
      .slice(0, 6)
      .map((error) => `${error.instancePath} ${error.message} ${JSON.stringify(error.params).slice(0, 200)}`)
  );
}

/** How an answer differs from what the description promises; nothing when it does not. */
export function answerComplaints(method: string, path: string, status: number, body: unknown): string[] {
  const found = router.find(method, path);
  if (!found) return status === 404 ? [] : [`${method} ${path} has no route and was answered with ${status}`];
  const key = `${found.route.method} ${found.route.path}`;
  const promised = slice.operations[key];
  if (!promised) return [];
  // GitHub describes few of its refusals one by one; all of them look alike.
  if (status >= 400 && promised[status] === undefined) {
    const { message } = body as { message?: unknown };
    return typeof message === 'string' ? [] : [`${key}: ${status} without a message`];
  }
  if (promised[status] === undefined) return [`${key} never answers ${status}`];
  if (promised[status] === true) return [];
  const problems = complaints(validator(ajv, `slice#${pointer('operations', key, String(status))}`), body);
  return problems.map((problem) => `${key} ${status}: ${problem}`);
}

/**
 * Where the published webhook schemas are older than GitHub itself; the OpenAPI description knows better, and everything
 * is held against that one, too.
 */
const outdated: Readonly<Record<string, string>> = {
  sub_issues: 'published before sub-issues existed',
  issue_dependencies: 'published before dependencies existed',
  installation: 'says that `requester` is never null, and GitHub sends null',
};

/** How a webhook's payload differs from what is published about it. */
export function payloadComplaints(event: string, payload: { readonly action?: string }): string[] {
  const name = [event, payload.action].filter(Boolean).join('_').replaceAll('_', '-');
  const problems: string[] = [];
  if (slice.webhooks[name] === undefined) problems.push(`${name} is not in the description`);
  else problems.push(...complaints(validator(ajv, `slice#${pointer('webhooks', name)}`), payload));
  const older = payload.action ? `${event}$${payload.action}` : `${event}$event`;
  if (!outdated[event] && published.definitions[older])
    problems.push(
      ...complaints(validator(olderAjv, `published#${pointer('definitions', older)}`), payload).map(
        (one) => `(published) ${one}`,
      ),
    );
  return problems.map((problem) => `${name}: ${problem}`);
}
