import type { Permission, Repository } from '../port.ts';
import { type At, type Client, hasGraphqlError, isUnavailable, queryInPart, statusOf } from './client.ts';
import { type Connection, unavailable } from './connection.ts';
import { deployments } from './deployments.ts';
import { fileAliases, filesOf, type RepositoryNode, repositoryFields } from './files-at-head.ts';
import { isForbidden } from './forbidden.ts';
import { groupSnapshot, waitingGroups } from './groups.ts';
import { issueSnapshot } from './issue-snapshot.ts';
import { lackOf } from './lacking.ts';
import { listedIssueOf } from './listed-issue.ts';
import { openPulls, pullNow } from './pull-now.ts';
import { pullSnapshot } from './pull-snapshot.ts';
import { allRuns } from './runs.ts';
import { isUndefinedField } from './sub-issues.ts';
import { readTexts } from './texts.ts';
import { readTree } from './tree.ts';

type Reading = Pick<
  Repository,
  | 'issue'
  | 'pull'
  | 'changedFiles'
  | 'tree'
  | 'texts'
  | 'permission'
  | 'teamsOf'
  | 'file'
  | 'open'
  | 'ownIssues'
  | 'deployments'
  | 'contains'
  | 'mergeBase'
  | 'blockedBy'
  | 'comments'
  | 'pullNow'
  | 'ownReviews'
  | 'checks'
  | 'pullsWithHead'
  | 'pullsInto'
  | 'group'
  | 'groups'
>;

/** Everything that the port reads. */
export function reading(connection: Connection): Reading {
  const { client, at, app, remembered, lacking, version } = connection;
  const { features } = lacking;
  const on = (issue_number: number) => ({ ...at, issue_number });
  const bot = `${app.slug}[bot]`;
  return {
    async issue(number, paths) {
      const read = () => issueSnapshot(client, at, number, { paths, app, subIssues: !features.has('sub-issues') });
      try {
        return await read();
      } catch (error) {
        if (hasGraphqlError(error, 'NOT_FOUND')) return undefined;
        // A server that does not know the fields refuses the whole query: remembered, and asked without them.
        if (!isUndefinedField(error) || features.has('sub-issues')) throw error;
        features.set('sub-issues', lackOf('sub-issues', error, version()));
        return read();
      }
    },

    async pull(number, paths) {
      try {
        return await pullSnapshot(client, at, number, { paths, app });
      } catch (error) {
        if (hasGraphqlError(error, 'NOT_FOUND')) return undefined;
        throw error;
      }
    },

    async changedFiles(pull_number) {
      const files = await client.paginate('GET /repos/{owner}/{repo}/pulls/{pull_number}/files', {
        ...at,
        pull_number,
        per_page: 100,
      });
      const head = files[0] && new URL(files[0].contents_url).searchParams.get('ref');
      const changed = files.map((file) => ({
        path: file.filename,
        status: file.status,
        sha: file.sha ?? '',
        changes: file.changes,
        ...(file.previous_filename === undefined ? {} : { previousPath: file.previous_filename }),
        ...(file.patch === undefined ? {} : { patch: file.patch }),
      }));
      return { ...(head === undefined || head === null ? {} : { head }), files: changed };
    },

    async tree(commit) {
      const known = remembered.trees.get(commit);
      if (known !== undefined) return known;
      const tree = await readTree(client, at, commit);
      remembered.trees.set(commit, tree);
      return tree;
    },

    texts: (blobs) => readTexts(client, at, blobs, remembered.texts),

    async permission(username): Promise<Permission> {
      try {
        const { data } = await client.request('GET /repos/{owner}/{repo}/collaborators/{username}/permission', {
          ...at,
          username,
        });
        return data.permission === 'admin' || data.permission === 'write' || data.permission === 'read'
          ? data.permission
          : 'none';
      } catch (error) {
        if (statusOf(error) === 404) return 'none';
        throw error;
      }
    },

    async teamsOf(username, teams) {
      const answers = await Promise.all(
        teams.map(async (team) => ((await isMember(client, team, username)) ? [team] : [])),
      );
      return answers.flat();
    },

    async file(path) {
      const query = `query ($owner: String!, $repo: String!) { repository(owner: $owner, name: $repo) { ${repositoryFields} ${fileAliases([path])} } }`;
      const { data } = await queryInPart<{ repository: RepositoryNode }>(client, query, { ...at }, () => true);
      return filesOf(data.repository, [path]).get(path);
    },

    async open(label) {
      const [issues, pulls] = await Promise.all([
        unlessForbidden(
          client.paginate('GET /repos/{owner}/{repo}/issues', { ...at, labels: label, state: 'open', per_page: 100 }),
        ),
        unlessForbidden(client.paginate('GET /repos/{owner}/{repo}/pulls', { ...at, state: 'open', per_page: 100 })),
      ]);
      return {
        issues: issues.filter((issue) => issue.pull_request === undefined).map(({ number }) => number),
        pulls: pulls.map(({ number }) => number),
      };
    },

    async ownIssues() {
      const issues = await unlessForbidden(
        client.paginate('GET /repos/{owner}/{repo}/issues', { ...at, creator: bot, state: 'all', per_page: 100 }),
      );
      return issues.filter((issue) => issue.pull_request === undefined).map(listedIssueOf);
    },

    deployments: (environments) => deployments(client, at, environments, lacking),

    async contains(descendant, ancestor) {
      if (descendant === ancestor) return true;
      const pair = `${ancestor}...${descendant}`;
      const known = remembered.ancestry.get(pair);
      if (known !== undefined) return known;
      const status = (await comparison(client, at, pair))?.status;
      const contained = status === 'ahead' || status === 'identical';
      remembered.ancestry.set(pair, contained);
      return contained;
    },

    async mergeBase(base, head) {
      return (await comparison(client, at, `${base}...${head}`))?.merge_base_commit.sha;
    },

    async blockedBy(issue) {
      if (features.has('dependencies')) return [];
      try {
        const { data } = await client.request(
          'GET /repos/{owner}/{repo}/issues/{issue_number}/dependencies/blocked_by',
          { ...on(issue), per_page: 100 },
        );
        return data.map(({ number }) => number);
      } catch (error) {
        return unavailable(connection, error, issue, 'dependencies', []);
      }
    },

    async comments(issue) {
      const comments = await client.paginate('GET /repos/{owner}/{repo}/issues/{issue_number}/comments', {
        ...on(issue),
        per_page: 100,
      });
      return comments.map((comment) => ({
        id: comment.id,
        author: comment.user?.login ?? 'ghost',
        body: comment.body ?? '',
        createdAt: comment.created_at,
        updatedAt: comment.updated_at,
      }));
    },

    async ownReviews(pull_number) {
      const reviews = await client.paginate('GET /repos/{owner}/{repo}/pulls/{pull_number}/reviews', {
        ...at,
        pull_number,
        per_page: 100,
      });
      return reviews.flatMap(({ id, user, state, commit_id }) =>
        user?.login === bot && (state === 'APPROVED' || state === 'CHANGES_REQUESTED')
          ? [{ id, state, commit: commit_id ?? '' } as const]
          : [],
      );
    },

    async pullNow(number, head) {
      try {
        return await pullNow(client, at, { number, head }, app);
      } catch (error) {
        if (hasGraphqlError(error, 'NOT_FOUND')) return undefined;
        throw error;
      }
    },

    checks: (head) => allRuns(client, at, app, head),
    pullsWithHead: async (head) => {
      const open = await openPulls(client, at);
      return open.filter(({ headRefOid }) => headRefOid === head).map(({ number }) => number);
    },
    pullsInto: async (branch) => (await openPulls(client, at, branch)).map(({ number }) => number),
    group: (group, paths) => groupSnapshot(client, at, group, { paths, app }),
    groups: () => waitingGroups(client, at),
  };
}

async function isMember(client: Client, team: string, username: string): Promise<boolean> {
  const [org = '', team_slug = ''] = team.split('/');
  try {
    const { data } = await client.request('GET /orgs/{org}/teams/{team_slug}/memberships/{username}', {
      org,
      team_slug,
      username,
    });
    return data.state === 'active';
  } catch (error) {
    if (isUnavailable(error)) return false;
    throw error;
  }
}

/** A list that the installation may not read is empty to it: what can be read of the rest goes on. */
async function unlessForbidden<T>(list: Promise<readonly T[]>): Promise<readonly T[]> {
  try {
    return await list;
  } catch (error) {
    if (!isForbidden(error)) throw error;
    return [];
  }
}

/** How two commits stand to each other. `undefined`: one of them was pushed over, or they share no history. */
async function comparison(client: Client, at: At, basehead: string) {
  try {
    const { data } = await client.request('GET /repos/{owner}/{repo}/compare/{basehead}', {
      ...at,
      basehead,
      per_page: 1,
    });
    return data;
  } catch (error) {
    if (statusOf(error) === 404) return undefined;
    throw error;
  }
}
