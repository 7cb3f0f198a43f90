/** Something that must be known before a plan is made. */
export interface Question {
  /** Stable over passes: the same gap has the same id, so that an answer finds its question again. */
  readonly id: string;
  /** `asker`: what is wanted. `backend-lead`: what the application does. */
  readonly to: 'asker' | 'backend-lead';
  readonly text: string;
  readonly choices: readonly string[];
  /** Names in the catalog that the unknown name may have meant. */
  readonly didYouMean: readonly string[];
}
