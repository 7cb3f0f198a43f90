import { Forbidden, type Repository, type RunFacts } from '../github/port.ts';
import type { Action } from './actions.ts';
import { announceChecks, announcePull } from './checks/queued.ts';
import { postCodec } from './codec.ts';
import { possible } from './features.ts';
import type { Shop } from './jobs.ts';
import { type Key, keyText } from './key.ts';
import { observeGroup } from './observe/group.ts';
import { observePull } from './observe/pull.ts';
import { observeRequest, type Senses } from './observe/request.ts';
import type { PullPicture } from './observed.ts';
import { NotYet } from './pace.ts';
import type { OwnPost, PostCodec } from './post.ts';
import { decideGroup, decidePull, decideRequest } from './reconcile.ts';
import type { Refused } from './say-once.ts';
import { supersede } from './steps/7-verify.ts';

/** What a look at a key came to. */
export interface Look {
  readonly repository: Repository;
  readonly codec: (number: number) => PostCodec;
  readonly decided: readonly Action[];
  /** Keys whose state depends on this one's: a pull request's task, a task's request. */
  readonly concerns: readonly Key[];
  /** It is being pushed to, and is looked at again in so many seconds. */
  readonly later?: number;
  /** What was read of a pull request and when, for performers that look again. */
  readonly read?: Pick<PullPicture, 'pull' | 'checks' | 'readAt' | 'touches'>;
  /** What the installation may not even look at. */
  readonly refused: readonly Refused[];
  /** What we said there before. */
  readonly posts: readonly OwnPost[];
}

/** What can be looked at by itself. */
export type Subject = Extract<Key, { kind: 'issue' | 'pull' | 'group' }>;

/** How much a look may do. `quiet`: nothing is written, not even that checks are queued. */
type Manner = 'announcing' | 'quiet';

/** A repository as everything that is done in it sees it. */
export async function enter(
  { owner, repo }: Pick<Key, 'owner' | 'repo'>,
  shop: Shop,
): Promise<Pick<Look, 'repository' | 'codec'> & { readonly senses: Senses }> {
  const repository = await shop.github.repository(owner, repo);
  const codec = (about: number) => postCodec(shop.markers, repository.bot, `${owner}/${repo}#${about}`.toLowerCase());
  const senses = { repository, codec, evidence: shop.store.cache, memory: shop.memory, clock: shop.clock };
  return { repository, codec, senses };
}

/** Observes and decides. `undefined`: none of ours. */
export async function lookAt(key: Subject, shop: Shop, manner: Manner = 'quiet'): Promise<Look | undefined> {
  const { owner, repo } = key;
  const { repository, codec, senses } = await enter(key, shop);
  const concern = (about: number): Key => ({ kind: 'issue', owner, repo, number: about });
  const nothing = { repository, codec, decided: [], concerns: [], refused: [], posts: [] };

  if (key.kind === 'group') {
    const announce =
      manner === 'announcing' ? (runs: readonly RunFacts[]) => announceChecks(repository, key.head, runs) : undefined;
    const picture = await observeGroup(key, senses, announce);
    return picture === undefined
      ? undefined
      : { ...nothing, decided: possible(decideGroup(picture), key, repository.without) };
  }
  if (key.kind === 'pull') {
    const isPass = manner === 'announcing';
    const picture = await observePull(
      key.number,
      senses,
      isPass ? announcePull(repository) : undefined,
      isPass ? ({ head, state }) => (state === 'open' ? shop.memory.pace.wait(keyText(key), head.sha) : 0) : undefined,
    ).catch((error: unknown) => {
      if (error instanceof Forbidden || error instanceof NotYet) return error;
      throw error;
    });
    if (picture instanceof Forbidden) return { ...nothing, refused: [{ doing: 'read-pull-request', error: picture }] };
    if (picture instanceof NotYet) return { ...nothing, decided: supersede(picture.pull), later: picture.seconds };
    if (picture === undefined) return undefined;
    const overlaps = (picture.touches.isNew ? picture.overlaps : []).map(
      ({ pull }): Key => ({ kind: 'pull', owner, repo, number: pull }),
    );
    return {
      ...nothing,
      decided: possible(decidePull(picture), key, repository.without),
      read: picture,
      concerns: [...picture.tasks.map(({ child }) => concern(child)), ...overlaps],
      posts: picture.posts,
    };
  }
  const picture = await observeRequest(key.number, senses);
  if (picture === undefined) return undefined;
  return {
    ...nothing,
    decided: possible(decideRequest(picture), key, repository.without),
    concerns: picture.parent === undefined ? [] : [concern(picture.parent)],
    posts: picture.posts,
  };
}
