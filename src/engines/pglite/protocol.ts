import type { Asked, Length, Ran, Row } from '../session.ts';

/** What the engine's process is asked to do. One request at a time. */
export type Request =
  | { readonly kind: 'make-template' }
  | { readonly kind: 'open'; readonly template: Uint8Array; readonly extensions: readonly string[] }
  | { readonly kind: 'save' }
  | { readonly kind: 'run'; readonly sql: string }
  | { readonly kind: 'ask'; readonly sql: string }
  | { readonly kind: 'inspect'; readonly sql: string }
  | { readonly kind: 'pretend'; readonly lengths: readonly Length[] };

/** What each kind of request is answered with. */
export interface Answers {
  readonly 'make-template': Uint8Array;
  /** The server's version. */
  readonly open: string;
  /** The data directory as it is, compressed. */
  readonly save: Uint8Array;
  readonly run: Ran;
  readonly ask: Asked;
  readonly inspect: readonly Row[];
  readonly pretend: undefined;
}

/** `failure`: our own fault, or one that the process cannot go on after. */
export type Reply = { readonly answer: Answers[keyof Answers] } | { readonly failure: string };
