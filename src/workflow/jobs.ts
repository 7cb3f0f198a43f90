import { parseConfig } from '../config/config.ts';
import type { ScratchEngine } from '../engines/port.ts';
import type { GitHub } from '../github/port.ts';
import type { Clock } from '../kernel/clock.ts';
import { TerminalError } from '../kernel/errors.ts';
import type { Log } from '../kernel/log.ts';
import type { MarkerCodec } from '../messages/marker.ts';
import type { Engine } from '../sql/engine.ts';
import type { JobFacts, Store } from '../store/port.ts';
import type { Action, ActionKind, EvidenceRequest } from './actions.ts';
import { breaker } from './breaker.ts';
import { concludeUnlooked, isHopeless, withoutEngine } from './checks/give-up.ts';
import { pressed } from './checks/pressed.ts';
import { cancellation } from './checks/runs.ts';
import { possible } from './features.ts';
import { freshReads } from './fresh-reads.ts';
import { gather } from './gather.ts';
import { type Key, keyText, parseKey } from './key.ts';
import { lookAt, type Subject } from './look.ts';
import type { Memory } from './memory.ts';
import { configPath } from './observe/config-path.ts';
import type { Evidence } from './observed.ts';
import { carryOut } from './reconcile.ts';
import { sayForbidden, sayGranted, sayInCircles } from './say-once.ts';
import { lackTeller } from './tell-lacks.ts';

/** Everything that jobs need, handed in. */
export interface Shop {
  readonly github: GitHub;
  readonly store: Store;
  readonly engines: (engine: Engine) => ScratchEngine;
  readonly markers: MarkerCodec;
  readonly memory: Memory;
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
    for (const group of await repository.groups())
      await store.queue.add('pass', keyText({ kind: 'group', owner, repo, ...group }));
  }

  /** What goes into a branch runs on another schema once the branch has moved. */
  async function queuePulls({ owner, repo, ref }: Extract<Key, { kind: 'branch' }>): Promise<void> {
    const repository = await github.repository(owner, repo);
    for (const number of await repository.pullsInto(ref))
      await store.queue.add('pass', keyText({ kind: 'pull', owner, repo, number }));
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

  /** What a pass does with one thing that can be looked at by itself. */
  async function passOver(key: Subject, text: string, facts: object): Promise<void> {
    const look = await lookAt(key, shop, 'announcing');
    if (look === undefined) return log.debug(facts, 'none of ours');
    const requests = wantedOf(look.decided);
    let isEngineAsked = false;
    const world = {
      repository: freshReads(look.repository, look.read, shop.clock),
      codec: look.codec,
      async askForEvidence() {
        isEngineAsked = true;
        shop.memory.wanted.set(text, requests);
        await store.queue.add('evidence', text);
      },
    };
    // Where there is no conversation, the log alone has it.
    const tell = 'number' in key ? key.number : undefined;
    if (stuck.trips(text, look.decided)) {
      const actions = look.decided.map(({ kind, why }) => `${kind}: ${why}`);
      log.error({ ...facts, actions }, 'the same decision three passes running: stopped until something changes');
      if (tell !== undefined) await sayInCircles(tell, look.decided, world);
      return;
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
    if (tell !== undefined) {
      const failed = new Set(refused.map(({ doing }) => doing));
      const done = [...look.decided.map(({ kind }) => kind), 'read-pull-request'].filter((doing) => !failed.has(doing));
      await sayForbidden(
        tell,
        refused.filter(({ error }) => known.every((each) => each.error !== error)),
        world,
      );
      await sayGranted(tell, look.posts, new Set(done), world);
    }
    tellLacks(look.repository);
    if (look.later !== undefined) await store.queue.add('pass', text, { after: look.later });
    // The engine's work ends with a pass of its own.
    else if ((result === 'again' || known.length > 0) && !isEngineAsked) await store.queue.add('pass', text);
    const { touches } = look.read ?? {};
    // Before the others look: they find it there.
    if (touches?.isNew === true) await store.cache.set(touches.name, touches.objects);
    for (const concern of look.concerns) await store.queue.add('pass', keyText(concern));
  }

  /** Nothing will come of the runs on a group that the queue took back. */
  async function giveUp({ owner, repo, head }: Extract<Key, { kind: 'gone' }>): Promise<void> {
    const repository = await github.repository(owner, repo);
    const waiting = (await repository.checks(head)).filter(({ status }) => status !== 'completed');
    if (waiting.length === 0) return;
    await repository.publishChecks(waiting.map((run) => cancellation(run, 'The merge queue took this group back')));
  }

  /** A look that fails again and again still ends the checks of its commit. Failing at that as well adds nothing. */
  async function endChecks(key: Key, error: unknown): Promise<void> {
    if (key.kind !== 'pull' && key.kind !== 'group') return;
    try {
      const repository = await github.repository(key.owner, key.repo);
      const pull = key.kind === 'pull' ? await repository.pull(key.number, []) : undefined;
      const head = key.kind === 'pull' ? pull?.head.sha : key.head;
      if (head === undefined || pull?.state === 'closed') return;
      await concludeUnlooked(repository, head, pull?.checks ?? (await repository.checks(head)), error);
    } catch (failure) {
      log.warn({ key: keyText(key), err: failure }, 'the checks could not be ended');
    }
  }

  /** What a pass left for the engine to do; looked for anew in another process than its own. */
  async function wanted(key: Key, text: string): Promise<readonly EvidenceRequest[]> {
    const left = shop.memory.wanted.get(text);
    if (left !== undefined) return left;
    return isSubject(key) ? wantedOf((await lookAt(key, shop))?.decided ?? []) : [];
  }

  async function evidenceOf(request: EvidenceRequest, attempt: number): Promise<Evidence> {
    try {
      return await gather(shop.engines(request.engine), request);
    } catch (error) {
      const instead = isHopeless(error, attempt) ? withoutEngine(request, attempt + 1) : undefined;
      if (instead === undefined) throw error;
      log.error({ err: error, digest: request.digest }, 'the engine failed again and again: said so instead');
      return instead;
    }
  }

  return {
    pass: unlessTerminal(async (text, { attempt, delivery }) => {
      const key = parseKey(text);
      const facts = { key: text, ...(delivery === undefined ? {} : { delivery }) };
      if (key.kind === 'repository') return queueAll(key.owner, key.repo);
      if (key.kind === 'branch') return queuePulls(key);
      if (key.kind === 'asked') return pressed(key, shop);
      if (key.kind === 'gone') return giveUp(key);
      try {
        await passOver(key, text, facts);
      } catch (error) {
        if (isHopeless(error, attempt)) await endChecks(key, error);
        throw error;
      }
    }),

    evidence: unlessTerminal(async (text, { attempt, signal }) => {
      for (const request of await wanted(parseKey(text), text)) {
        if (signal.aborted || (await store.cache.get(request.digest)) !== undefined) continue;
        log.info({ key: text, digest: request.digest, engine: request.engine }, `${request.kind} on a scratch engine`);
        await store.cache.set(request.digest, await evidenceOf(request, attempt));
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

function wantedOf(decided: readonly Action[]): readonly EvidenceRequest[] {
  return decided.flatMap((action) => (action.kind === 'gather-evidence' ? [action.request] : []));
}

function isSubject(key: Key): key is Subject {
  return key.kind === 'issue' || key.kind === 'pull' || key.kind === 'group';
}
