import { act, type World } from './act.ts';
import type { Action } from './actions.ts';
import type { PullPicture, RequestPicture } from './observed.ts';
import type { Step } from './step.ts';
import { pullSteps, requestSteps } from './steps/index.ts';

/** Everything that the steps decide about an issue, in their order. */
export function decideRequest(picture: RequestPicture): readonly Action[] {
  return decide(requestSteps, picture);
}

/** Everything that the steps decide about a pull request, in their order. */
export function decidePull(picture: PullPicture): readonly Action[] {
  return decide(pullSteps, picture);
}

/** Carries decisions out in order. `again`: something was written, so what is true now has not been looked at. */
export async function carryOut(
  decided: readonly Action[],
  world: World,
  tell: (action: Action, wrote: boolean) => void,
): Promise<'settled' | 'again'> {
  let result: 'settled' | 'again' = 'settled';
  for (const action of decided) {
    const wrote = await act(action, world);
    tell(action, wrote);
    if (wrote) result = 'again';
  }
  return result;
}

function decide<Picture>(steps: readonly Step<Picture, keyof Picture>[], picture: Picture): readonly Action[] {
  return steps.flatMap((step) => step.decide(picture));
}
