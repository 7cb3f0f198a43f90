import { codeSpan } from './escape.ts';
import { bullets, paragraphs } from './words.ts';

/** Why a feature is not to be had. */
export type Reason =
  | { readonly kind: 'permission'; readonly needs: string }
  | { readonly kind: 'server'; readonly version?: string }
  | { readonly kind: 'rules' };

/** Something that cannot be done here: what, why, and what is done instead. */
export interface Lacked {
  /** `Check runs`. */
  readonly what: string;
  readonly reason: Reason;
  /** The first Enterprise Server that has it. */
  readonly since?: string;
  /** A sentence without its full stop. */
  readonly instead: string;
}

/** The part of a comment that says what cannot be done here; nothing where all can. */
export function lacking(lacked: readonly Lacked[]): string {
  if (lacked.length === 0) return '';
  const isGranted = lacked.some(({ reason }) => reason.kind === 'permission');
  return paragraphs(
    '### What I cannot do here',
    bullets(lacked.map((each) => `${each.what}: ${whyLacking(each)}. ${each.instead}.`)),
    isGranted && 'An owner can grant a permission on the settings page of the installation; I go on by myself then.',
  );
}

/** Why, as part of a sentence. */
export function whyLacking({ reason, since }: Pick<Lacked, 'reason' | 'since'>): string {
  switch (reason.kind) {
    case 'permission':
      return `the installation lacks the permission ${codeSpan(reason.needs)}`;
    case 'rules':
      return 'the rules of this repository forbid it';
    case 'server': {
      // Patches bring no features, and must not make comments change.
      const version = reason.version === undefined ? '' : ` ${/^\d+\.\d+/.exec(reason.version)?.[0] ?? ''}`.trimEnd();
      const from = since === undefined ? '' : `, which has it from ${since} on`;
      return `this GitHub Enterprise Server${version} does not have it${from}`;
    }
  }
}
