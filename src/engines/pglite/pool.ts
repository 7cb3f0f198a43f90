import { messageOf } from '../../kernel/errors.ts';
import type { Log } from '../../kernel/log.ts';
import type { Limits } from '../port.ts';
import { EngineEnded, type Session } from '../session.ts';
import { type EngineProcess, startProcess } from './process.ts';
import { createTemplates } from './template.ts';

/** How long an open database waits for its next run: it holds some 350 MB, which an idle server must not. */
const STANDBY_MS = 60_000;
/** Each may use a core and the memory limit; more would only slow one another down. */
const RUNS_AT_ONCE = 2;

/** Gives each run a fresh database in a fresh process. */
export interface Pool {
  /**
   * Ends the process afterwards, whatever happened. `save` gives the data directory as it is; `image` is one to begin with instead of
   * an empty database. Throws {@link EngineEnded} only out of `work`, and {@link NotOpened} where the image cannot be opened.
   */
  with<Result>(
    extensions: readonly string[],
    work: (session: Session, save: () => Promise<Uint8Array>) => Promise<Result>,
    image?: Uint8Array,
  ): Promise<Result>;
  close(): Promise<void>;
}

/** A data directory from which no database came. */
export class NotOpened extends Error {
  override readonly name = 'NotOpened';
}

interface Opened {
  readonly process: EngineProcess;
  readonly version: string;
  readonly extensions: readonly string[];
}

export interface PoolOptions {
  readonly limits: Limits;
  readonly dataDirectory?: string;
  readonly log: Log;
}

/** A pool that opens the next database while the last one is being used. The first opens only when it is asked for. */
export function createPool({ limits, dataDirectory, log }: PoolOptions): Pool {
  const templates = createTemplates(dataDirectory, log);
  const processes = new Set<EngineProcess>();
  const queue: (() => void)[] = [];
  let running = 0;
  let closed = false;
  let standby: { readonly opened: Promise<Opened>; readonly extensions: readonly string[] } | undefined;
  let expiry: NodeJS.Timeout | undefined;

  async function open(extensions: readonly string[], image?: Uint8Array): Promise<Opened> {
    const template = image ?? (await templates.get());
    if (closed) throw new Error('the scratch engine is closed');
    const process = startProcess(log);
    processes.add(process);
    try {
      return { process, version: await process.request({ kind: 'open', template, extensions }), extensions };
    } catch (thrown) {
      await discard(process);
      throw thrown instanceof EngineEnded
        ? new NotOpened('the scratch engine did not start', { cause: thrown })
        : thrown;
    }
  }

  async function openSurely(extensions: readonly string[]): Promise<Opened> {
    try {
      return await open(extensions);
    } catch (thrown) {
      if (closed) throw thrown;
      log.warn({ error: messageOf(thrown) }, 'a scratch database did not open; trying again with a new template');
      templates.discard();
      return open(extensions);
    }
  }

  async function discard(process: EngineProcess): Promise<void> {
    await process.end();
    processes.delete(process);
  }

  function dropStandby(): void {
    clearTimeout(expiry);
    const dropped = standby;
    standby = undefined;
    dropped?.opened.then(({ process }) => discard(process)).catch(() => undefined);
  }

  function prepare(extensions: readonly string[]): void {
    if (closed || standby !== undefined) return;
    const opened = open(extensions);
    standby = { opened, extensions };
    opened.catch((thrown: unknown) => {
      if (!closed) log.warn({ error: messageOf(thrown) }, 'a scratch database could not be opened ahead of its use');
      if (standby?.opened === opened) standby = undefined;
    });
    expiry = setTimeout(dropStandby, STANDBY_MS);
    expiry.unref();
  }

  async function take(extensions: readonly string[]): Promise<Opened> {
    const waiting = standby;
    if (waiting === undefined || !extensions.every((name) => waiting.extensions.includes(name))) {
      dropStandby();
      return openSurely(extensions);
    }
    clearTimeout(expiry);
    standby = undefined;
    const opened = await waiting.opened.catch(() => undefined);
    return opened?.process.alive() ? opened : openSurely(extensions);
  }

  async function turn(): Promise<void> {
    if (running >= RUNS_AT_ONCE) await new Promise<void>((resolve) => queue.push(resolve));
    else running++;
  }

  function passOn(): void {
    const next = queue.shift();
    if (next === undefined) running--;
    else next();
  }

  return {
    async with(extensions, work, image) {
      await turn();
      try {
        const opening = image === undefined ? take(extensions) : open(extensions, image);
        const { process, version, extensions: loaded } = await opening;
        try {
          process.limit(limits);
          // Who begins with an image has no use for an empty database.
          if (image === undefined) prepare(loaded);
          return await work(sessionOf(process, version), () => process.request({ kind: 'save' }));
        } finally {
          await discard(process);
        }
      } finally {
        passOn();
      }
    },
    async close() {
      closed = true;
      dropStandby();
      await Promise.all([...processes].map(discard));
    },
  };
}

function sessionOf(process: EngineProcess, version: string): Session {
  return {
    version,
    run: (sql) => process.request({ kind: 'run', sql }),
    ask: (sql) => process.request({ kind: 'ask', sql }),
    inspect: (sql) => process.request({ kind: 'inspect', sql }),
    pretend: (lengths) => process.request({ kind: 'pretend', lengths }),
  };
}
