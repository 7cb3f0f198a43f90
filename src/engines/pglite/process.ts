import { type ChildProcess, fork } from 'node:child_process';
import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import type { Log } from '../../kernel/log.ts';
import type { Limits } from '../port.ts';
import { type Ending, EngineEnded } from '../session.ts';
import { residentMb } from './memory.ts';
import type { Answers, Reply, Request } from './protocol.ts';

/** How often a run's memory is looked at. Zeroing fresh pages bounds what can be gained meanwhile to about 100 MB. */
const LOOK_MS = 50;

/** A process of its own that holds at most one database. */
export interface EngineProcess {
  /** One request at a time. Throws {@link EngineEnded} once the process is gone. */
  request<Kind extends Request['kind']>(request: Extract<Request, { kind: Kind }>): Promise<Answers[Kind]>;
  /** From now on the process is killed when it exceeds these. */
  limit(limits: Limits): void;
  readonly alive: () => boolean;
  /** Kills it and resolves when it is gone. */
  end(): Promise<void>;
}

/** Where the installed PGlite is. */
export function pgliteFolder(): string {
  return dirname(dirname(createRequire(import.meta.url).resolve('@electric-sql/pglite')));
}

/**
 * Starts a process that can read PGlite's and its own files and nothing else: no other file, no writing, no child process,
 * no native code, and threads only for its watchdog (Node's permission model, https://nodejs.org/api/permissions.html) and an empty environment, so that
 * no secret of this process can be found there. It never keeps this process alive unless a request waits.
 */
export function startProcess(log: Log): EngineProcess {
  const here = dirname(fileURLToPath(import.meta.url));
  const readable = [join(pgliteFolder(), '*'), join(dirname(here), '*'), join(here, '../../../package.json')];
  const child = fork(join(here, 'worker.ts'), [], {
    execArgv: ['--permission', '--allow-worker', ...readable.map((path) => `--allow-fs-read=${path}`)],
    env: {},
    serialization: 'advanced',
    stdio: ['ignore', 'ignore', 'ignore', 'ipc'],
  });
  hold(child, false);

  let ending: Ending = 'crash';
  let waiting: { readonly resolve: (reply: Reply) => void; readonly reject: (error: Error) => void } | undefined;
  let timers: readonly NodeJS.Timeout[] = [];
  const gone = new Promise<void>((resolve) => {
    const finish = () => {
      for (const timer of timers) clearTimeout(timer);
      waiting?.reject(new EngineEnded(ending));
      waiting = undefined;
      resolve();
    };
    child.once('exit', finish);
    child.once('error', finish);
  });
  child.on('message', (reply: Reply) => {
    hold(child, false);
    waiting?.resolve(reply);
    waiting = undefined;
  });

  const alive = () => child.connected && child.exitCode === null && child.signalCode === null;
  const kill = (why: Ending) => {
    ending = why;
    child.kill('SIGKILL');
  };

  return {
    alive,
    async request(request) {
      const reply = await new Promise<Reply>((resolve, reject) => {
        if (!alive()) return reject(new EngineEnded(ending));
        waiting = { resolve, reject };
        hold(child, true);
        // A failure to send means that the process is going: its exit event says the rest.
        child.send(request, () => {});
      });
      if ('answer' in reply) return reply.answer as Answers[typeof request.kind];
      // After a trap in WebAssembly nothing that the engine says can be relied on.
      kill('crash');
      log.warn({ request: request.kind, failure: reply.failure }, 'a scratch engine broke down');
      throw new EngineEnded('crash', { cause: reply.failure });
    },
    limit({ ms, memoryMb }) {
      const look = setInterval(() => {
        if (child.pid === undefined) return;
        void residentMb(child.pid).then((used) => {
          if (used !== undefined && used > memoryMb) kill('memory-limit');
        });
      }, LOOK_MS);
      timers = [setTimeout(() => kill('time-limit'), ms), look];
      for (const timer of timers) timer.unref();
    },
    async end() {
      if (!alive()) return gone;
      hold(child, true);
      child.kill('SIGKILL');
      await gone;
    },
  };
}

/** Whether this process stays alive for that one. */
function hold(child: ChildProcess, wanted: boolean): void {
  if (wanted) {
    child.ref();
    child.channel?.ref();
  } else {
    child.unref();
    child.channel?.unref();
  }
}
