import { Forbidden, type Repository } from '../github/port.ts';
import type { Action } from './actions.ts';
import { postCodec } from './codec.ts';
import { possible } from './features.ts';
import type { Shop } from './jobs.ts';
import type { Key } from './key.ts';
import { observePull } from './observe/pull.ts';
import { observeRequest } from './observe/request.ts';
import type { OwnPost, PostCodec } from './post.ts';
import { decidePull, decideRequest } from './reconcile.ts';
import type { Refused } from './say-once.ts';

/** What a look at a key came to. */
export interface Look {
  readonly repository: Repository;
  readonly codec: (number: number) => PostCodec;
  readonly decided: readonly Action[];
  /** Keys whose state depends on this one's: a pull request's task, a task's request. */
  readonly concerns: readonly Key[];
  /** What the installation may not even look at. */
  readonly refused: readonly Refused[];
  /** What we said there before. */
  readonly posts: readonly OwnPost[];
}

/** Observes and decides, without writing anything. `undefined`: none of ours. */
export async function lookAt(key: Exclude<Key, { kind: 'repository' }>, shop: Shop): Promise<Look | undefined> {
  const { owner, repo, number } = key;
  const repository = await shop.github.repository(owner, repo);
  const codec = (about: number) => postCodec(shop.markers, repository.bot, `${owner}/${repo}#${about}`.toLowerCase());
  const senses = { repository, codec, evidence: shop.store.cache, catalogs: shop.catalogs, clock: shop.clock };
  const concern = (about: number): Key => ({ kind: 'issue', owner, repo, number: about });

  if (key.kind === 'pull') {
    const picture = await observePull(number, senses).catch((error: unknown) => {
      if (error instanceof Forbidden) return error;
      throw error;
    });
    if (picture instanceof Forbidden)
      return {
        repository,
        codec,
        decided: [],
        concerns: [],
        refused: [{ doing: 'read-pull-request', error: picture }],
        posts: [],
      };
    if (picture === undefined) return undefined;
    return {
      repository,
      codec,
      decided: possible(decidePull(picture), key, repository.without),
      concerns: [
        ...picture.tasks.map(({ child }) => concern(child)),
        ...(picture.isNews ? picture.overlaps : []).map(
          ({ pull }): Key => ({ kind: 'pull', owner, repo, number: pull }),
        ),
      ],
      refused: [],
      posts: picture.posts,
    };
  }
  const picture = await observeRequest(number, senses);
  if (picture === undefined) return undefined;
  return {
    repository,
    codec,
    decided: possible(decideRequest(picture), key, repository.without),
    concerns: picture.parent === undefined ? [] : [concern(picture.parent)],
    refused: [],
    posts: picture.posts,
  };
}
