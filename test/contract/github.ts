import { readFileSync } from 'node:fs';
import { createAppAuth } from '@octokit/auth-app';
import { router, routes } from '../../src/sandbox/rest/index.ts';
import { answerComplaints } from '../sandbox/support/contract.ts';
import type { Town } from '../sandbox/support/town.ts';

type Schema = { readonly [key: string]: unknown };

const slice = JSON.parse(readFileSync(new URL('../fixtures/github/openapi-slice.json', import.meta.url), 'utf8')) as {
  readonly operations: Readonly<Record<string, Readonly<Record<string, unknown>>>>;
  readonly components: { readonly schemas: Readonly<Record<string, Schema>> };
};

/** What every route is called here: method and pattern. */
export const everyRoute = routes.map(({ method, path }) => `${method} ${path}`);

/** Whether GitHub describes a route at all. */
export function described(route: string): boolean {
  return slice.operations[route] !== undefined;
}

/** A schema and all it is put together from. */
function expanded(schema: unknown): Schema[] {
  if (typeof schema !== 'object' || schema === null) return [];
  const own = schema as Schema;
  if (typeof own.$ref === 'string')
    return expanded(slice.components.schemas[own.$ref.replace('#/components/schemas/', '')]);
  const parts = ['allOf', 'anyOf', 'oneOf'].flatMap((word) => (Array.isArray(own[word]) ? own[word] : []));
  return [own, ...parts.flatMap(expanded)];
}

/** Members of a value that no part of its schemas knows: the sandbox made them up, or GitHub has dropped them. */
function undeclared(schemas: readonly Schema[], value: unknown, place: string): string[] {
  if (typeof value !== 'object' || value === null) return [];
  if (Array.isArray(value)) {
    const items = schemas.flatMap((schema) => expanded(schema.items));
    return value.flatMap((entry) => undeclared(items, entry, `${place}[]`));
  }
  const known = schemas.flatMap(({ properties }) => (properties ? [properties as Record<string, unknown>] : []));
  if (known.length === 0 || schemas.some(({ additionalProperties }) => Boolean(additionalProperties))) return [];
  return Object.entries(value).flatMap(([name, member]) => {
    const declared = known.filter((properties) => Object.hasOwn(properties, name));
    if (declared.length === 0) return [`${place}.${name}`];
    return undeclared(
      declared.flatMap((properties) => expanded(properties[name])),
      member,
      `${place}.${name}`,
    );
  });
}

/** Who asks: a login, the App by its JWT, its installation, a wrong token, or nobody. */
export type Asker = string | { readonly kind: 'app' | 'installation' | 'wrong' | 'nobody' };

export interface Answer {
  readonly status: number;
  readonly body: unknown;
  readonly headers: Headers;
}

/** What stands at a place in an answer, such as `0.commit.sha`; throws where nothing does. */
export function member({ body }: Pick<Answer, 'body'>, place: string): unknown {
  let value = body;
  for (const name of place.split('.')) value = (value as Readonly<Record<string, unknown>> | undefined)?.[name];
  if (value === undefined) throw new Error(`there is no ${place} in ${JSON.stringify(body)}`);
  return value;
}

/** Asks over plain HTTP, and holds every answer against GitHub's description. */
export function createAsker(town: Town) {
  const { sandbox } = town;
  /** Routes with the statuses they were seen to answer. */
  const seen = new Map<string, Set<number>>();
  const problems: string[] = [];
  const inventions = new Set<string>();
  const app = createAppAuth({ appId: town.appId, privateKey: town.privateKey });
  let token = '';

  async function credentials(asker: Asker): Promise<Record<string, string>> {
    if (typeof asker === 'string') return { authorization: `token ${sandbox.tokenOf(asker)}` };
    if (asker.kind === 'nobody') return {};
    if (asker.kind === 'wrong') return { authorization: 'token ghs_wrong' };
    if (asker.kind === 'app') return { authorization: `bearer ${(await app({ type: 'app' })).token}` };
    return { authorization: `token ${token}` };
  }

  function judge(method: string, path: string, { status, body }: Pick<Answer, 'status' | 'body'>): void {
    const found = router.find(method, path);
    if (found === null) return;
    const route = `${method} ${found.route.path}`;
    const statuses = seen.get(route) ?? new Set();
    seen.set(route, statuses.add(status));
    if (body === null) return;
    problems.push(...answerComplaints(method, path, status, body));
    if (status >= 400) return;
    const schemas = expanded(slice.operations[route]?.[status]);
    for (const place of undeclared(schemas, body, route)) inventions.add(place);
  }

  return {
    seen,
    /** What does not fit the description. */
    problems,
    /** Members that the description does not have. */
    inventions,
    /** The installation's token from here on. */
    use(given: string): void {
      token = given;
    },
    async ask(asker: Asker, method: string, path: string, given?: unknown): Promise<Answer> {
      const response = await fetch(sandbox.apiUrl + path, {
        method,
        headers: { 'content-type': 'application/json', ...(await credentials(asker)) },
        ...(given === undefined ? {} : { body: typeof given === 'string' ? given : JSON.stringify(given) }),
      });
      const json = response.headers.get('content-type')?.includes('json') && response.status !== 204;
      const text = await response.text();
      const answer = { status: response.status, body: json ? JSON.parse(text) : null, headers: response.headers };
      judge(method, path.split('?', 1)[0] ?? path, answer);
      return answer;
    },
  };
}
