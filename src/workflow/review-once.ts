import type { ScratchEngine } from '../engines/port.ts';
import type { Repository } from '../github/port.ts';
import type { Clock } from '../kernel/clock.ts';
import { TerminalError } from '../kernel/errors.ts';
import type { MarkerCodec } from '../messages/marker.ts';
import { notExecuted } from '../planner/evidence.ts';
import type { Engine } from '../sql/engine.ts';
import type { Cache } from '../store/port.ts';
import type { Action, ActionOf } from './actions.ts';
import { postCodec } from './codec.ts';
import { freshReads } from './fresh-reads.ts';
import { gather } from './gather.ts';
import type { Memory } from './memory.ts';
import { observePull } from './observe/pull.ts';
import type { Evidence, PullPicture } from './observed.ts';
import { carryOut, decidePull, type Outcome } from './reconcile.ts';

/** What one review from beginning to end needs, without a queue. */
export interface ReviewShop {
  readonly repository: Repository;
  readonly engines: (engine: Engine) => ScratchEngine;
  readonly markers: MarkerCodec;
  readonly memory: Memory;
  readonly clock: Clock;
  /** Told of what takes long, before it begins. */
  readonly tell: (sentence: string) => void;
}

export interface ReviewWishes {
  /** Whether anything may be written. Otherwise what would be is decided, and that is all. */
  readonly write: boolean;
  /** Whether migrations are executed. Otherwise the verification says that they were not. */
  readonly verify: boolean;
  /** Whether check runs can be made with this token. */
  readonly checks: boolean;
}

export interface Reviewed {
  readonly picture: PullPicture;
  /** What was written, or what would be. */
  readonly actions: readonly Action[];
  /** What the token may not do. */
  readonly refused: Outcome['forbidden'];
}

/** Looks, decides and writes: more rounds than this, and something undoes what was written. */
const mostRounds = 6;

/**
 * Reviews a pull request in one go: looks at it, runs what has to be run, looks again, writes, and goes on until there is nothing
 * left to do. `undefined`: it is not there, or not for this token to see.
 */
export async function reviewOnce(
  number: number,
  shop: ReviewShop,
  wishes: ReviewWishes,
): Promise<Reviewed | undefined> {
  const { repository, markers, memory, clock } = shop;
  const context = (about: number) => `${repository.owner}/${repository.repo}#${about}`.toLowerCase();
  const codec = (about: number) => postCodec(markers, repository.bot, context(about));
  const evidence = evidenceCache(wishes.verify);
  const senses = { repository, codec, evidence, memory, clock };
  const written: Action[] = [];
  const refused = new Map<Action['kind'], Outcome['forbidden'][number]>();

  for (let round = 0; round < mostRounds; round += 1) {
    const picture = await observePull(number, senses);
    if (picture === undefined) return undefined;
    const decided = decidePull(untimed(picture)).filter(
      (action) => isOfReview(action) && (wishes.checks || !isAboutChecks(action)),
    );
    const wanted = decided.filter((action): action is ActionOf<'gather-evidence'> => action.kind === 'gather-evidence');
    for (const { request, why } of wanted) {
      shop.tell(`${request.kind}: ${why}`);
      await evidence.set(request.digest, await gather(shop.engines(request.engine), request));
    }
    // The engine takes its time, in which somebody may have pushed.
    if (wanted.length > 0) continue;
    if (!wishes.write) return { picture, actions: decided, refused: [] };

    const world = { repository: freshReads(repository), codec, askForEvidence: async () => undefined };
    const open = decided.filter(({ kind }) => !refused.has(kind));
    const { result, forbidden } = await carryOut(open, world, (action, wrote) => {
      if (wrote) written.push(action);
    });
    for (const each of forbidden) refused.set(each.action.kind, each);
    if (result === 'settled') return { picture, actions: written, refused: [...refused.values()] };
  }
  throw new TerminalError(
    `${context(number)} does not come to rest: the same is decided again and again`,
    'See whether another run, or another tool with the same token, undoes what this one writes',
  );
}

/**
 * The picture without how long migrations took: that is measured anew in every run, and what says the same otherwise is not
 * written again for it.
 */
function untimed(picture: PullPicture): PullPicture {
  const evidence = [...picture.evidence].map(([key, found]): readonly [string, Evidence] => {
    if (found.kind !== 'verify') return [key, found];
    const migrations = found.report.migrations.map(({ ms: _, ...migration }) => migration);
    return [key, { ...found, report: { ...found.report, migrations } }];
  });
  return { ...picture, evidence: new Map(evidence) };
}

/**
 * Questions are for the server, which is there to answer them at once. That a finding is ignored belongs to the review: the answer is
 * what records it.
 */
function isOfReview(action: Action): boolean {
  if (action.kind === 'gather-evidence') return action.request.kind === 'verify';
  if (action.kind !== 'post-comment' || !action.post.id.startsWith('reply/')) return true;
  return 'dismissed' in action.post.data;
}

function isAboutChecks({ kind }: Action): boolean {
  return /-checks?$/.test(kind);
}

/** What engines found in this run. Where nothing is to be run, that is what is found. */
function evidenceCache(verify: boolean): Cache {
  const found = new Map<string, unknown>();
  return {
    get: async (key) => found.get(key) ?? (verify || !key.startsWith('verify:') ? undefined : leftOut),
    async set(key, value) {
      found.set(key, value);
    },
  };
}

const leftOut: Evidence = {
  kind: 'verify',
  report: notExecuted('postgresql', 'Not executed: the verification was left out (--no-verify)'),
};
