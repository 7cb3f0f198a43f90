import type { BodyOf, ChangeKind } from '../change.ts';
import type { Draft, Problem } from './draft.ts';

/** What each kind of change does to a draft. The compiler asks for one of every kind. */
export type Appliers<Kind extends ChangeKind> = {
  readonly [Each in Kind]: (draft: Draft, change: BodyOf<Each>) => Problem;
};

/** For what is no part of a schema as the catalog keeps it. */
export function leaveAsItIs(): Problem {
  return undefined;
}
