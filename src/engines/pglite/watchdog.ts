/**
 * A thread of the engine's process that ends it when its parent has died: while SQL runs for ever, the main thread sees neither
 * the closed channel nor anything else, and would burn a core for good.
 */
const parent = process.ppid;

setInterval(() => {
  if (process.ppid !== parent) process.kill(process.pid, 'SIGKILL');
}, 1_000);
