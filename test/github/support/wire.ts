import { Octokit } from '@octokit/rest';
import nock from 'nock';
import { octokitGitHub } from '../../../src/github/octokit/app.ts';
import type { GitHub, Repository } from '../../../src/github/port.ts';

export const at = { owner: 'acme', repo: 'shop' } as const;
export const home = '/repos/acme/shop';

const quiet = { debug() {}, info() {}, warn() {}, error() {} };

export interface Wire {
  /** Where answers are put: `https://api.github.com`. Requests that nothing answers fail. */
  readonly api: nock.Scope;
  readonly github: GitHub;
  /** The shop, connected through installation 7 unless told otherwise. */
  connect(installation?: number): Promise<Repository>;
  /** Answers the next GraphQL request with `answer`, and keeps what was asked. */
  graphql(answer: object, status?: number): void;
  /** Every GraphQL request so far. */
  readonly asked: { readonly query: string; readonly variables: Readonly<Record<string, unknown>> }[];
}

/** The adapter over plain Octokits: one HTTP exchange after another, each written down in the test. */
export function wire(): Wire {
  const api = nock('https://api.github.com');
  const client = new Octokit({ log: quiet });
  const github = octokitGitHub(
    { app: async () => client, installation: async () => client },
    { slug: 'database-lead', id: 5 },
  );
  const asked: Wire['asked'] = [];
  return {
    api,
    github,
    asked,
    connect(installation = 7) {
      api.get(`${home}/installation`).reply(200, { id: installation });
      return github.repository(at.owner, at.repo);
    },
    graphql(answer, status = 200) {
      api
        .post('/graphql', (body: Wire['asked'][number]) => {
          asked.push(body);
          return true;
        })
        .reply(status, answer);
    },
  };
}

/** Nothing leaves the process, and every answer that was put there has to be fetched. */
export function guard(): { before(): void; after(): void } {
  return {
    before: () => nock.disableNetConnect(),
    after() {
      const left = nock.pendingMocks();
      nock.cleanAll();
      if (left.length > 0) throw new Error(`never asked for: ${left.join(', ')}`);
    },
  };
}
