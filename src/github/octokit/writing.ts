import type { Repository } from '../port.ts';
import { hasGraphqlError, statusOf } from './client.ts';
import { commitFile } from './commit-file.ts';
import { type Connection, unavailable } from './connection.ts';
import { needs } from './lacking.ts';
import { publishChecks } from './publish-checks.ts';
import type { reading } from './reading.ts';
import { commentOnFile, createReview } from './reviewing.ts';
import { addSubIssue } from './sub-issues.ts';

type Writing = Omit<Repository, 'owner' | 'repo' | 'bot' | 'without' | keyof ReturnType<typeof reading>>;

/** Everything that the port writes. */
export function writing(connection: Connection): Writing {
  const { client, at, lacking } = connection;
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

    addSubIssue: (parent, child) => addSubIssue(connection, parent, child),

    async addBlockedBy(issue, issue_id) {
      if (lacking.features.has('dependencies')) return false;
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

    resolveThread: (thread) => changeThread(connection, 'resolveReviewThread', thread),
    unresolveThread: (thread) => changeThread(connection, 'unresolveReviewThread', thread),

    publishChecks: (writes) => publishChecks(connection, writes),

    commitFile: (file) => commitFile(client, at, file, lacking),
  };
}

/** GitHub asks contents: write of an installation for this, although nothing is written; without it the reply has to do. */
async function changeThread(
  { client, lacking: { features } }: Connection,
  mutation: string,
  threadId: string,
): Promise<boolean> {
  if (features.has('resolve-threads')) return false;
  try {
    await client.graphql(
      `mutation ($threadId: ID!) { ${mutation}(input: { threadId: $threadId }) { thread { id } } }`,
      { threadId },
    );
    return true;
  } catch (error) {
    if (!hasGraphqlError(error, 'FORBIDDEN')) throw error;
    features.set('resolve-threads', { kind: 'permission', needs: needs('resolve-threads') });
    return false;
  }
}
