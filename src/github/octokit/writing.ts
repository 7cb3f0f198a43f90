import type { Feature, Repository } from '../port.ts';
import { type Client, hasGraphqlError, statusOf } from './client.ts';
import { commitFile } from './commit-file.ts';
import { type Connection, unavailable } from './connection.ts';
import { publishChecks } from './publish-checks.ts';
import type { reading } from './reading.ts';
import { commentOnFile, createReview } from './reviewing.ts';

type Writing = Omit<Repository, 'owner' | 'repo' | 'bot' | 'without' | keyof ReturnType<typeof reading>>;

/** Everything that the port writes. */
export function writing(connection: Connection): Writing {
  const { client, at, without } = connection;
  const on = (issue_number: number) => ({ ...at, issue_number });
  return {
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
        return unavailable(connection, error, parent, 'sub-issues', false);
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
        return unavailable(connection, error, issue, 'dependencies', false);
      }
    },

    createReview: (pull, review) => createReview(connection, pull, review),

    commentOnFile: (pull, comment) => commentOnFile(connection, pull, comment),

    async dismissReview(pull_number, review_id, message) {
      await client.request('PUT /repos/{owner}/{repo}/pulls/{pull_number}/reviews/{review_id}/dismissals', {
        ...at,
        pull_number,
        review_id,
        message,
        event: 'DISMISS',
      });
    },

    async updateReviewComment(comment_id, body) {
      await client.request('PATCH /repos/{owner}/{repo}/pulls/comments/{comment_id}', { ...at, comment_id, body });
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

    publishChecks: (writes) => publishChecks(connection, writes),

    commitFile: (file) => commitFile(client, at, file, without),
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
