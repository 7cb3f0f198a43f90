import type { Action } from './actions.ts';
import type { PullPicture, RequestPicture } from './observed.ts';

/** One of the eight steps: a pure decision from a slice of what was observed. The slice is named in the type. */
export interface Step<Picture, Slice extends keyof Picture> {
  readonly name: string;
  decide(picture: Pick<Picture, Slice>): readonly Action[];
}

/** A step over an issue. */
export type RequestStep<Slice extends keyof RequestPicture> = Step<RequestPicture, Slice>;

/** A step over a pull request. */
export type PullStep<Slice extends keyof PullPicture> = Step<PullPicture, Slice>;
