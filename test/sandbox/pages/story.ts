import { createCheckRun } from '../../../src/sandbox/operations/checks.ts';
import { createReview } from '../../../src/sandbox/operations/reviews.ts';
import { must, threadsOf } from '../../../src/sandbox/state/find.ts';
import { aStory } from '../graphql/story.ts';
import { startPages } from './server.ts';

/** The pages of a shop with an issue, its child, and a pull request that an App has reviewed. */
export async function aReviewedShop() {
  const story = await aStory();
  const { site, repository, bot, pull } = story;
  await createReview(site, bot, pull, {
    event: 'COMMENT',
    body: 'One finding.',
    comments: [
      {
        path: 'db/migrations/0002_index.sql',
        line: 1,
        body: 'This locks.\n\n```suggestion\nCREATE INDEX CONCURRENTLY ON orders (id);\n```',
      },
    ],
  });
  const run = await createCheckRun(site, bot, repository, {
    name: 'database-lead',
    headSha: pull.pull.headSha,
    conclusion: 'failure',
    output: {
      title: 'One error',
      summary: 'A **bad** index.',
      annotations: [
        {
          path: 'db/migrations/0002_index.sql',
          start_line: 1,
          end_line: 1,
          annotation_level: 'failure',
          message: 'needs CONCURRENTLY',
        },
      ],
    },
    actions: [{ label: 'Explain', description: 'Says why', identifier: 'explain' }],
  });
  const thread = must(threadsOf(site.world, pull)[0], 'thread', 0);
  const pages = await startPages(story);
  return { ...story, ...pages, run, thread };
}
