import type { ScratchEngine } from '../engines/port.ts';
import type { Repository } from '../github/port.ts';
import type { Clock } from '../kernel/clock.ts';
import { TerminalError } from '../kernel/errors.ts';
import type { MarkerCodec } from '../messages/marker.ts';
import type { VerifyReport } from '../planner/evidence.ts';
import type { Engine } from '../sql/engine.ts';
import type { Cache } from '../store/port.ts';
import type { Action, ActionOf } from './actions.ts';
import { postCodec } from './codec.ts';
import { freshReads } from './fresh-reads.ts';
import { gather } from './gather.ts';
import { observePull } from './observe/pull.ts';
import type { CatalogCache } from './observe/schema.ts';
import type { Evidence, PullPicture } from './observed.ts';
import { carryOut, decideReview, type Outcome } from './reconcile.ts';

/** What one review from beginning to end needs, without a queue. */
export interface ReviewShop {
  readonly repository: Repository;
  readonly engines: (engine: Engine) => ScratchEngine;
  readonly markers: MarkerCodec;
  readonly catalogs: CatalogCache;
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
  const { repository, markers, catalogs, clock } = shop;
  const context = (about: number) => `${repository.owner}/${repository.repo}#${about}`.toLowerCase();
  const codec = (about: number) => postCodec(markers, repository.bot, context(about));
  const evidence = evidenceCache(wishes.verify);
  const senses = { repository, codec, evidence, catalogs, clock };
  const written: Action[] = [];
  const refused = new Map<Action['kind'], Outcome['forbidden'][number]>();

  for (let round = 0; round < mostRounds; round += 1) {
    const picture = await observePull(number, senses);
    if (picture === undefined) return undefined;
    const decided = decideSteadily(picture)
      .filter(({ kind }) => wishes.checks || kind !== 'publish-check')
      .map((action) => withoutVeto(action, picture));
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
 * What is decided, with check runs known by all but how long migrations took: that is measured anew in every run, and a check run
 * that says the same of the same commit is not made again for it.
 */
function decideSteadily(picture: PullPicture): readonly Action[] {
  const evidence = new Map([...picture.evidence].map(([key, found]) => [key, untimed(found)]));
  const timed = new Map(
    decideReview(picture).flatMap((action) =>
      action.kind === 'publish-check' ? [[action.check.name, action.check.summary]] : [],
    ),
  );
  return decideReview({ ...picture, evidence }).map((action) =>
    action.kind === 'publish-check'
      ? { ...action, check: { ...action.check, summary: timed.get(action.check.name) ?? action.check.summary } }
      : action,
  );
}

function untimed(found: Evidence): Evidence {
  if (found.kind !== 'verify') return found;
  const migrations = found.report.migrations.map((migration) => ({ ...migration, ms: 0 }));
  return { ...found, report: { ...found.report, migrations } };
}

/** GitHub refuses that somebody requests changes of themselves (REST reference, "Create a review for a pull request"). */
function withoutVeto(action: Action, { pull, place }: PullPicture): Action {
  return action.kind === 'post-review' && action.event === 'REQUEST_CHANGES' && pull.author === place.bot
    ? { ...action, event: 'COMMENT' }
    : action;
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

const nothingRun: VerifyReport = {
  engine: 'postgresql',
  engineVersion: '',
  applied: 0,
  failed: null,
  migrations: [],
  roundTrip: { down: 'none', differences: [] },
  criteria: [],
  notExecuted: 'Not executed: the verification was left out (--no-verify)',
};

const leftOut: Evidence = { kind: 'verify', report: nothingRun };
