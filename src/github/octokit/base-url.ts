import { TerminalError } from '../../kernel/errors.ts';

type Environment = Readonly<Record<string, string | undefined>>;

const github = 'https://api.github.com';

/**
 * Base of the REST API, by the variables that there are for it: `GITHUB_API_URL` and `GITHUB_GRAPHQL_URL`, which GitHub Actions
 * sets (documentation, "Variables reference"), and Probot's `GHE_HOST` and `GHE_PROTOCOL`. Throws where one is wrong, or where
 * two speak of different servers: half of the App would talk to the wrong one.
 */
export function apiUrlFrom(env: Environment): string {
  const given = [fromApi(env), fromGraphql(env), fromHost(env)].filter((each) => each !== undefined);
  const [first] = given;
  if (first === undefined) return github;
  const other = given.find(({ url }) => url !== first.url);
  if (other !== undefined)
    throw wrong(
      `${first.variable} says ${first.url}, but ${other.variable} says ${other.url}`,
      'Set one of them, or both to the same server',
    );
  return first.url;
}

interface Given {
  readonly variable: string;
  readonly url: string;
}

function fromApi({ GITHUB_API_URL: value }: Environment): Given | undefined {
  const url = addressIn('GITHUB_API_URL', value, 'https://HOST/api/v3');
  return url === undefined ? undefined : { variable: 'GITHUB_API_URL', url: url.href.replace(/\/+$/, '') };
}

/** `https://HOST/api/graphql` on an Enterprise Server, and `https://api.github.com/graphql`. */
function fromGraphql({ GITHUB_GRAPHQL_URL: value }: Environment): Given | undefined {
  const url = addressIn('GITHUB_GRAPHQL_URL', value, 'https://HOST/api/graphql');
  if (url === undefined) return undefined;
  const path = /^(.*?)(\/api)?(?:\/v3)?\/graphql\/*$/.exec(url.pathname);
  if (path === null)
    throw wrong(`GITHUB_GRAPHQL_URL is ${value}`, 'It ends in /graphql, such as https://HOST/api/graphql');
  const [, before = '', isServer] = path;
  return { variable: 'GITHUB_GRAPHQL_URL', url: url.origin + before + (isServer === undefined ? '' : '/api/v3') };
}

function fromHost({ GHE_HOST: host, GHE_PROTOCOL: protocol = 'https' }: Environment): Given | undefined {
  if (host === undefined || host === '') return undefined;
  if (!/^[\w.-]+(?::\d{1,5})?$/.test(host))
    throw wrong(`GHE_HOST is ${host}`, 'It is the name of a host alone, such as github.example.com');
  if (protocol !== 'https' && protocol !== 'http') throw wrong(`GHE_PROTOCOL is ${protocol}`, 'It is https or http');
  return { variable: 'GHE_HOST', url: `${protocol}://${host}/api/v3` };
}

function addressIn(variable: string, value: string | undefined, example: string): URL | undefined {
  if (value === undefined || value === '') return undefined;
  const url = URL.parse(value);
  if (url === null || !/^https?:$/.test(url.protocol) || url.search + url.hash + url.username !== '')
    // An address may hold a password.
    throw wrong(
      `${variable} is ${value.includes('@') ? 'no address of an API' : value}`,
      `It is an address such as ${example}`,
    );
  return url;
}

function wrong(what: string, remedy: string): TerminalError {
  return new TerminalError(`cannot start: ${what}`, `${remedy}; docs/deployment.md says more`);
}
