import type { Log } from '../kernel/log.ts';
import { act, type World } from './act.ts';
import type { Action } from './actions.ts';
import type { PullPicture, RequestPicture } from './observed.ts';
import type { Step } from './step.ts';
import { pullSteps, requestSteps } from './steps/index.ts';

/** What one pass did: `again` while something was written, because what is true now has not been looked at. */
export interface Outcome {
  readonly result: 'settled' | 'again';
  readonly decided: readonly Action[];
}

/** Everything that the steps decide about an issue, in their order. */
export function decideRequest(picture: RequestPicture): readonly Action[] {
  return decide(requestSteps, picture);
}

/** Everything that the steps decide about a pull request, in their order. */
export function decidePull(picture: PullPicture): readonly Action[] {
  return decide(pullSteps, picture);
}

/** Carries decisions out, one line of log each. */
export async function carryOut(decided: readonly Action[], world: World, log: Log): Promise<Outcome> {
  let wrote = false;
  for (const action of decided) {
    const { kind, why } = action;
    const done = await act(action, world);
    log.info({ action: kind, why, wrote: done }, `${kind}: ${why}`);
    wrote ||= done;
  }
  return { result: wrote ? 'again' : 'settled', decided };
}

function decide<Picture>(steps: readonly Step<Picture, keyof Picture>[], picture: Picture): readonly Action[] {
  return steps.flatMap((step) => step.decide(picture));
}
