import { Forbidden } from '../github/port.ts';
import { act, HeadMoved, type World } from './act.ts';
import type { Action } from './actions.ts';
import { ensureChecks, inOneWrite } from './checks/publish.ts';
import { aggregateCheck, reviewCheck, verifyCheck } from './checks/texts.ts';
import type { GroupPicture, PullPicture, RequestPicture } from './observed.ts';
import type { Step } from './step.ts';
import { gathering } from './steps/7-verify.ts';
import { pullSteps, requestSteps } from './steps/index.ts';

/** Everything that the steps decide about an issue, in their order. */
export function decideRequest(picture: RequestPicture): readonly Action[] {
  return decide(requestSteps, picture);
}

/** Everything that the steps decide about a pull request, in their order. */
export function decidePull(picture: PullPicture): readonly Action[] {
  return inOneWrite(decide(pullSteps, picture));
}

/** What is to be said of a merge group: three checks, and no comments, for it is nobody's to change. */
export function decideGroup(picture: GroupPicture): readonly Action[] {
  const judged = { ...picture, tasks: [], isGroup: true } as const;
  const checks = [reviewCheck(judged), verifyCheck(judged), aggregateCheck(judged)];
  return [...gathering(judged), ...ensureChecks(picture.checks, checks)];
}

/** What carrying decisions out came to. */
export interface Outcome {
  /** `again`: something was written, so what is true now has not been looked at. */
  readonly result: 'settled' | 'again';
  /** What this installation may not do. */
  readonly forbidden: readonly { readonly action: Action; readonly error: Forbidden }[];
}

/** Carries decisions out in order. One that is forbidden does not stop the others. */
export async function carryOut(
  decided: readonly Action[],
  world: World,
  tell: (action: Action, wrote: boolean) => void,
): Promise<Outcome> {
  let result: Outcome['result'] = 'settled';
  const forbidden: Outcome['forbidden'][number][] = [];
  for (const action of decided) {
    try {
      const wrote = await act(action, world);
      tell(action, wrote);
      if (wrote) result = 'again';
    } catch (error) {
      // What is left was decided about a commit that is no longer the head: it is looked at anew.
      if (error instanceof HeadMoved) return { result: 'again', forbidden };
      if (!(error instanceof Forbidden)) throw error;
      forbidden.push({ action, error });
    }
  }
  return { result, forbidden };
}

function decide<Picture>(steps: readonly Step<Picture, keyof Picture>[], picture: Picture): readonly Action[] {
  return steps.flatMap((step) => step.decide(picture));
}
