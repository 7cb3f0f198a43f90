import { silentLog } from '../../src/kernel/log.ts';
import { openStore } from '../../src/store/open-store.ts';

// A process for others to kill: says on standard output how far it has come.
const [what, directory = '', databaseUrl] = process.argv.slice(2);
const store = await openStore({
  directory,
  log: silentLog,
  heartbeatSeconds: 10,
  ...(databaseUrl === undefined ? {} : { databaseUrl }),
});
if (what === 'hold') {
  await store.queue.add('pass', 'o/r#1', { delivery: 'd-1' });
  await store.queue.work(
    'pass',
    async (key) => {
      await store.queue.add('pass', 'o/r#2');
      console.log(key);
      await new Promise(() => undefined);
    },
    { concurrency: 1 },
  );
} else {
  for (let n = 0; ; n += 1) {
    await Promise.all(['a', 'b', 'c'].map((part) => store.queue.add('pass', `${part}#${n}`)));
    console.log(n);
  }
}
