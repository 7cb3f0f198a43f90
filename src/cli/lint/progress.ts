import type { WriteStream } from 'node:tty';

/** Shows on a terminal how far a long run is. */
export interface Progress {
  readonly show: (done: number) => void;
  /** Takes away what is shown. */
  readonly end: () => void;
}

/** Shorter runs need none; and a terminal need not be written to for every file. */
const patienceMs = 500;
const pauseMs = 100;

/** Progress over `total` files; silent where the stream is no terminal. `now` is in milliseconds. */
export function progressOn(
  stream: Pick<WriteStream, 'write'> & { readonly isTTY?: boolean },
  total: number,
  now: () => number,
): Progress {
  if (stream.isTTY !== true) return { show: () => undefined, end: () => undefined };
  let next = now() + patienceMs;
  let shown = false;
  return {
    show(done) {
      if (now() < next) return;
      next = now() + pauseMs;
      shown = true;
      stream.write(`\r\u001b[2K${done} of ${total} files`);
    },
    end() {
      if (shown) stream.write('\r\u001b[2K');
    },
  };
}
