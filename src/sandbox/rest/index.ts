import { appRoutes } from './apps.ts';
import { checkRoutes } from './checks.ts';
import { codeScanningRoutes } from './code-scanning.ts';
import { commentRoutes } from './comments.ts';
import { commitRoutes, singleCommitRoute } from './commits.ts';
import { contentRoutes } from './contents.ts';
import { deploymentRoutes } from './deployments.ts';
import { gitDataRoutes } from './git-data.ts';
import { hierarchyRoutes } from './hierarchy.ts';
import { issueRoutes } from './issues.ts';
import { labelRoutes } from './labels.ts';
import { metaRoutes } from './meta.ts';
import { pullRoutes } from './pulls.ts';
import { repositoryRoutes } from './repositories.ts';
import { reviewRoutes } from './reviews.ts';
import { createRouter } from './router.ts';
import { statusRoutes } from './statuses.ts';
import { timelineRoutes } from './timeline.ts';
import { userRoutes } from './users.ts';

/** Every route of the REST API. Fixed paths come before those with a parameter in the same place. */
export const routes = [
  ...appRoutes,
  ...userRoutes,
  ...metaRoutes,
  ...repositoryRoutes,
  ...commentRoutes,
  ...timelineRoutes,
  ...hierarchyRoutes,
  ...labelRoutes,
  ...issueRoutes,
  ...reviewRoutes,
  ...pullRoutes,
  ...checkRoutes,
  ...codeScanningRoutes,
  ...statusRoutes,
  ...commitRoutes,
  singleCommitRoute,
  ...gitDataRoutes,
  ...contentRoutes,
  ...deploymentRoutes,
];

export const router = createRouter(routes);
