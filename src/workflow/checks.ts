import type { Annotation, CheckFacts, Conclusion } from '../github/port.ts';
import { digest } from '../kernel/hash.ts';
import type { Action } from './actions.ts';

/** What a check run is to say. Without a conclusion it is still under way. */
export interface WantedCheck {
  readonly name: string;
  readonly head: string;
  readonly conclusion?: Conclusion;
  readonly title: string;
  readonly summary: string;
  readonly annotations: readonly Annotation[];
}

/**
 * The action that makes the check run of this name on this commit say so; nothing when it does. What it says is compared by
 * a digest in `external_id`, because GitHub normalizes texts. A run that is completed already is replaced by a new one: the
 * annotations of an updated run would be added to the old ones, which nothing removes.
 */
export function ensureCheck(existing: readonly CheckFacts[], wanted: WantedCheck): readonly Action[] {
  const status = wanted.conclusion === undefined ? 'in_progress' : 'completed';
  const externalId = digest({ ...wanted, status }).slice(0, 32);
  const latest = existing.findLast(({ name }) => name === wanted.name);
  if (latest?.externalId === externalId && latest.status === status) return [];
  return [
    {
      kind: 'publish-check',
      why: `${wanted.name}: ${wanted.title}`,
      check: { ...wanted, status, externalId },
      existing: latest !== undefined && latest.status !== 'completed' ? latest.id : undefined,
    },
  ];
}
