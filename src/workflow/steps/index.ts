import type { PullPicture, RequestPicture } from '../observed.ts';
import type { Step } from '../step.ts';
import { receive } from './1-receive.ts';
import { analyze } from './2-analyze.ts';
import { plan } from './3-plan.ts';
import { delegate } from './4-delegate.ts';
import { monitor, support } from './5-monitor.ts';
import { review } from './6-review.ts';
import { integrate, verify } from './7-verify.ts';
import { report } from './8-report.ts';

/** The steps that look at an issue, in the order of the story. */
export const requestSteps: readonly Step<RequestPicture, keyof RequestPicture>[] = [
  receive,
  analyze,
  plan,
  delegate,
  monitor,
  integrate,
  report,
];

/** The steps that look at a pull request. */
export const pullSteps: readonly Step<PullPicture, keyof PullPicture>[] = [support, review, verify];
