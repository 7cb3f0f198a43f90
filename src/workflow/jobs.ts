import { parseConfig } from '../config/config.ts';
import type { ScratchEngine } from '../engines/port.ts';
import type { GitHub } from '../github/port.ts';
import type { Clock } from '../kernel/clock.ts';
import { TerminalError } from '../kernel/errors.ts';
import type { Log } from '../kernel/log.ts';
import type { MarkerCodec } from '../messages/marker.ts';
import type { Engine } from '../sql/engine.ts';
import type { JobFacts, Store } from '../store/port.ts';
import type { ActionKind } from './actions.ts';
import { breaker } from './breaker.ts';
import { possible } from './features.ts';
import { freshReads } from './fresh-reads.ts';
import { gather } from './gather.ts';
import { keyText, parseKey } from './key.ts';
import { lookAt } from './look.ts';
import { configPath } from './observe/config-path.ts';
import type { CatalogCache } from './observe/schema.ts';
import { carryOut } from './reconcile.ts';
import { sayForbidden, sayGranted, sayInCircles } from './say-once.ts';
import { lackTeller } from './tell-lacks.ts';

/** Everything that jobs need, handed in. */
export interface Shop {
  readonly github: GitHub;
  readonly store: Store;
  readonly engines: (engine: Engine) => ScratchEngine;
  readonly markers: MarkerCodec;
  readonly catalogs: CatalogCache;
  readonly clock: Clock;
  readonly log: Log;
  /** Told of every write, by its kind. */
  readonly acted: (kind: ActionKind) => void;
}

/** What the queue runs, and what the timers do. */
export interface Jobs {
  /** Looks at what the key names, once. */
  pass(key: string, job: JobFacts): Promise<void>;
  /** Runs the engine work that a pass over the key asks for, then has the key looked at again. */
  evidence(key: string, job: JobFacts): Promise<void>;
  /** Has everything of ours looked at, in every repository. */
  sweep(): Promise<void>;
}

export function jobsOf(shop: Shop): Jobs {
  const { github, store, log } = shop;
  const stuck = breaker();
  const tellLacks = lackTeller(log);

  async function queueAll(owner: string, repo: string): Promise<void> {
    const repository = await github.repository(owner, repo);
    tellLacks(repository);
    const { config } = parseConfig(await repository.file(configPath));
    const { issues, pulls } = await repository.open(config.labels.request);
    for (const number of issues) await store.queue.add('pass', keyText({ kind: 'issue', owner, repo, number }));
    // Tasks speak for closed requests, too: one that is opened again brings its request back.
    const tasks = (await repository.ownIssues()).filter(({ open }) => open).map(({ number }) => number);
    for (const number of tasks) await store.queue.add('pass', keyText({ kind: 'issue', owner, repo, number }));
    for (const number of pulls) await store.queue.add('pass', keyText({ kind: 'pull', owner, repo, number }));
  }

  /** What only a person can mend is logged and not tried again by itself. */
  function unlessTerminal(run: (key: string, job: JobFacts) => Promise<void>) {
    return async (key: string, job: JobFacts) => {
      try {
        await run(key, job);
      } catch (error) {
        if (!(error instanceof TerminalError)) throw error;
        log.warn({ key, remedy: error.remedy }, error.message);
      }
    };
  }

  return {
    pass: unlessTerminal(async (text, { delivery }) => {
      const key = parseKey(text);
      if (key.kind === 'repository') return queueAll(key.owner, key.repo);
      const facts = { key: text, ...(delivery === undefined ? {} : { delivery }) };
      const look = await lookAt(key, shop);
      if (look === undefined) return log.debug(facts, 'none of ours');
      const world = {
        repository: freshReads(look.repository),
        codec: look.codec,
        askForEvidence: () => store.queue.add('evidence', text),
      };
      if (stuck.trips(text, look.decided)) {
        const actions = look.decided.map(({ kind, why }) => `${kind}: ${why}`);
        log.error({ ...facts, actions }, 'the same decision three passes running: stopped until something changes');
        return sayInCircles(key.number, look.decided, world);
      }

      const { result, forbidden } = await carryOut(look.decided, world, (action, wrote) => {
        log.info({ ...facts, action: action.kind, why: action.why, wrote }, `${action.kind}: ${action.why}`);
        if (wrote) shop.acted(action.kind);
      });
      stuck.carriedOut(text, look.decided, result === 'again');
      const refused = [...look.refused, ...forbidden.map(({ action, error }) => ({ doing: action.kind, error }))];
      for (const { doing, error } of refused) log.warn({ ...facts, action: doing, needs: error.needs }, error.message);
      // What is known to be lacking by now is said where it matters, from the next look on.
      const known = forbidden.filter(({ action }) => possible([action], key, look.repository.without).length === 0);
      const unexpected = refused.filter(({ error }) => known.every((each) => each.error !== error));
      const failed = new Set(refused.map(({ doing }) => doing));
      const done = [...look.decided.map(({ kind }) => kind), 'read-pull-request'].filter((doing) => !failed.has(doing));
      await sayForbidden(key.number, unexpected, world);
      await sayGranted(key.number, look.posts, new Set(done), world);
      tellLacks(look.repository);
      if (result === 'again' || known.length > 0) await store.queue.add('pass', text);
      for (const concern of look.concerns) await store.queue.add('pass', keyText(concern));
    }),

    evidence: unlessTerminal(async (text, { signal }) => {
      const key = parseKey(text);
      const look = key.kind === 'repository' ? undefined : await lookAt(key, shop);
      for (const action of look?.decided ?? []) {
        if (action.kind !== 'gather-evidence' || signal.aborted) continue;
        log.info(
          { key: text, why: action.why, engine: action.request.engine },
          `${action.request.kind}: ${action.why}`,
        );
        await store.cache.set(action.request.digest, await gather(shop.engines(action.request.engine), action.request));
      }
      await store.queue.add('pass', text);
    }),

    async sweep() {
      // Each on its own: one repository that cannot be read must not keep the others from being looked at.
      for (const { owner, repo } of await github.repositories())
        await store.queue.add('pass', keyText({ kind: 'repository', owner, repo }));
    },
  };
}
