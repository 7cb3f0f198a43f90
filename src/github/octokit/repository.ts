import type { Lru } from '../../kernel/lru.ts';
import type { CheckFacts, Conclusion, Feature, Permission, Repository, Tree } from '../port.ts';
import { type At, type Client, hasGraphqlError, isUnavailable, queryInPart, statusOf } from './client.ts';
import { commitFile } from './commit-file.ts';
import { deployments } from './deployments.ts';
import { fileAliases, filesOf, type RepositoryNode, repositoryFields } from './files-at-head.ts';
import { isForbidden } from './forbidden.ts';
import type { Identity } from './fragments.ts';
import { issueSnapshot } from './issue-snapshot.ts';
import { listedIssueOf } from './listed-issue.ts';
import { pullSnapshot, reviewThreads } from './pull-snapshot.ts';
import { readTexts } from './texts.ts';
import { readTree } from './tree.ts';

/** What never changes on GitHub and is therefore remembered over passes. */
export interface Remembered {
  /** Texts by blob SHA, weighed in characters; `null` for what is no text that we read. */
  readonly texts: Lru<string | null>;
  readonly trees: Lru<Tree>;
  /** `ancestor..descendant` to whether the one contains the other. */
  readonly ancestry: Lru<boolean>;
}

/** The port over one installation's Octokit. `without` is shared by all passes on the installation. */
export function octokitRepository(
  client: Client,
  at: At,
  app: Identity,
  remembered: Remembered,
  without: Set<Feature>,
): Repository {
  const bot = `${app.slug}[bot]`;
  const on = (issue_number: number) => ({ ...at, issue_number });

  /** Remembers that a feature is lacking; where it is the issue that is missing, that is what it throws. */
  async function unavailable<T>(error: unknown, issue: number, feature: Feature, otherwise: T): Promise<T> {
    if (!isUnavailable(error)) throw error;
    if (statusOf(error) !== 403) await client.request('GET /repos/{owner}/{repo}/issues/{issue_number}', on(issue));
    without.add(feature);
    return otherwise;
  }

  return {
    ...at,
    bot,
    without,

    async issue(number, paths) {
      const read = () => issueSnapshot(client, at, number, { paths, app, subIssues: !without.has('sub-issues') });
      try {
        return await read();
      } catch (error) {
        if (hasGraphqlError(error, 'NOT_FOUND')) return undefined;
        // A server that does not know the fields refuses the whole query: remembered, and asked without them.
        if (!isUndefinedField(error) || without.has('sub-issues')) throw error;
        without.add('sub-issues');
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
      return files.map((file) => ({
        path: file.filename,
        status: file.status,
        sha: file.sha ?? '',
        ...(file.previous_filename === undefined ? {} : { previousPath: file.previous_filename }),
        ...(file.patch === undefined ? {} : { patch: file.patch }),
      }));
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

    deployments: (environments) => deployments(client, at, environments, without),

    async contains(descendant, ancestor) {
      if (descendant === ancestor) return true;
      const pair = `${ancestor}...${descendant}`;
      const known = remembered.ancestry.get(pair);
      if (known !== undefined) return known;
      const contained = await isAncestor(client, at, pair);
      remembered.ancestry.set(pair, contained);
      return contained;
    },

    async blockedBy(issue) {
      if (without.has('dependencies')) return [];
      try {
        const { data } = await client.request(
          'GET /repos/{owner}/{repo}/issues/{issue_number}/dependencies/blocked_by',
          { ...on(issue), per_page: 100 },
        );
        return data.map(({ number }) => number);
      } catch (error) {
        return unavailable(error, issue, 'dependencies', []);
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

    reviewThreads: (pull) => reviewThreads(client, at, pull),

    async checks(ref) {
      const runs = await client.paginate('GET /repos/{owner}/{repo}/commits/{ref}/check-runs', {
        ...at,
        ref,
        filter: 'all',
        per_page: 100,
      });
      return runs
        .filter((run) => run.app?.slug === app.slug)
        .map(
          (run): CheckFacts => ({
            id: run.id,
            name: run.name,
            status: run.status as CheckFacts['status'],
            ...(run.conclusion === null ? {} : { conclusion: run.conclusion as Conclusion }),
            ...(run.output.title === null ? {} : { title: run.output.title }),
            ...(run.external_id === null ? {} : { externalId: run.external_id }),
          }),
        )
        .toSorted((a, b) => a.id - b.id);
    },

    async createIssue({ title, body, labels, assignees }) {
      const { data } = await client.request('POST /repos/{owner}/{repo}/issues', {
        ...at,
        title,
        body,
        labels: [...labels],
        assignees: [...assignees],
      });
      return { number: data.number, id: Number(data.id) };
    },

    async updateIssue(issue, { title, body, state, reason }) {
      await client.request('PATCH /repos/{owner}/{repo}/issues/{issue_number}', {
        ...on(issue),
        ...(title === undefined ? {} : { title }),
        ...(body === undefined ? {} : { body }),
        ...(state === undefined ? {} : { state }),
        ...(reason === undefined ? {} : { state_reason: reason }),
      });
    },

    async createComment(issue, body) {
      await client.request('POST /repos/{owner}/{repo}/issues/{issue_number}/comments', { ...on(issue), body });
    },

    async updateComment(comment_id, body) {
      await client.request('PATCH /repos/{owner}/{repo}/issues/comments/{comment_id}', { ...at, comment_id, body });
    },

    async addLabels(issue, labels) {
      for (const { name, color, description } of labels) {
        try {
          await client.request('POST /repos/{owner}/{repo}/labels', { ...at, name, color, description });
        } catch (error) {
          // It exists already, perhaps with a colour that the team chose.
          if (statusOf(error) !== 422) throw error;
        }
      }
      await client.request('POST /repos/{owner}/{repo}/issues/{issue_number}/labels', {
        ...on(issue),
        labels: labels.map(({ name }) => name),
      });
    },

    async removeLabel(issue, name) {
      try {
        await client.request('DELETE /repos/{owner}/{repo}/issues/{issue_number}/labels/{name}', {
          ...on(issue),
          name,
        });
      } catch (error) {
        if (statusOf(error) !== 404) throw error;
      }
    },

    async addSubIssue(parent, sub_issue_id) {
      if (without.has('sub-issues')) return false;
      try {
        await client.request('POST /repos/{owner}/{repo}/issues/{issue_number}/sub_issues', {
          ...on(parent),
          sub_issue_id,
        });
        return true;
      } catch (error) {
        // 422: it has a parent already, which is what was wanted, or what a person wants instead.
        if (statusOf(error) === 422) return false;
        return unavailable(error, parent, 'sub-issues', false);
      }
    },

    async addBlockedBy(issue, issue_id) {
      if (without.has('dependencies')) return false;
      try {
        await client.request('POST /repos/{owner}/{repo}/issues/{issue_number}/dependencies/blocked_by', {
          ...on(issue),
          issue_id,
        });
        return true;
      } catch (error) {
        if (statusOf(error) === 422) return false;
        return unavailable(error, issue, 'dependencies', false);
      }
    },

    async createReview(pull_number, { commit, event, body, comments }) {
      await client.request('POST /repos/{owner}/{repo}/pulls/{pull_number}/reviews', {
        ...at,
        pull_number,
        commit_id: commit,
        event,
        body,
        comments: comments.map(({ path, line, startLine, body }) => ({
          path,
          line,
          side: 'RIGHT',
          ...(startLine === undefined ? {} : { start_line: startLine, start_side: 'RIGHT' }),
          body,
        })),
      });
    },

    async replyToReviewComment(pull_number, comment_id, body) {
      await client.request('POST /repos/{owner}/{repo}/pulls/{pull_number}/comments/{comment_id}/replies', {
        ...at,
        pull_number,
        comment_id,
        body,
      });
    },

    resolveThread: (thread) => changeThread(client, without, 'resolveReviewThread', thread),
    unresolveThread: (thread) => changeThread(client, without, 'unresolveReviewThread', thread),

    async createCheck(check) {
      await client.request('POST /repos/{owner}/{repo}/check-runs', {
        ...at,
        head_sha: check.head,
        ...checkBody(check),
      });
    },

    async updateCheck(check_run_id, check) {
      await client.request('PATCH /repos/{owner}/{repo}/check-runs/{check_run_id}', {
        ...at,
        check_run_id,
        ...checkBody(check),
      });
    },

    commitFile: (file) => commitFile(client, at, file, without),
  };
}

function checkBody({
  name,
  status,
  conclusion,
  title,
  summary,
  externalId,
  annotations,
}: Parameters<Repository['createCheck']>[0]) {
  return {
    name,
    status,
    external_id: externalId,
    ...(conclusion === undefined ? {} : { conclusion }),
    output: {
      title,
      summary,
      annotations: annotations.map(({ path, startLine, endLine, level, title, message }) => ({
        path,
        start_line: startLine,
        end_line: endLine,
        annotation_level: level,
        title,
        message,
      })),
    },
  };
}

/** GitHub asks contents: write of an installation for this, although nothing is written; without it the reply has to do. */
async function changeThread(
  client: Client,
  without: Set<Feature>,
  mutation: string,
  threadId: string,
): Promise<boolean> {
  if (without.has('resolve-threads')) return false;
  try {
    await client.graphql(
      `mutation ($threadId: ID!) { ${mutation}(input: { threadId: $threadId }) { thread { id } } }`,
      { threadId },
    );
    return true;
  } catch (error) {
    if (!hasGraphqlError(error, 'FORBIDDEN')) throw error;
    without.add('resolve-threads');
    return false;
  }
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

async function isAncestor(client: Client, at: At, basehead: string): Promise<boolean> {
  try {
    const { data } = await client.request('GET /repos/{owner}/{repo}/compare/{basehead}', {
      ...at,
      basehead,
      per_page: 1,
    });
    return data.status === 'ahead' || data.status === 'identical';
  } catch (error) {
    // A commit that was pushed over is in nobody's history.
    if (statusOf(error) === 404) return false;
    throw error;
  }
}

/** By GitHub's whole sentence: the page that it sends when it is overloaded has the one or the other word in it as well. */
function isUndefinedField(error: unknown): boolean {
  return error instanceof Error && /Field '(?:subIssues|parent)' doesn't exist on type/.test(error.message);
}
