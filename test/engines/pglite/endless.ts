/** A server whose engine is busy for ever: it tells the number of the busy process. */
import { readFile } from 'node:fs/promises';
import { createPgliteEngine } from '../../../src/engines/pglite/engine.ts';
import { silentLog } from '../../../src/kernel/log.ts';
import { migration } from '../migrations.ts';

/** Clock ticks that a process has used (proc(5), utime). */
async function ticks(pid: string): Promise<number> {
  const stat = await readFile(`/proc/${pid}/stat`, 'utf8').catch(() => '');
  return Number(stat.split(') ')[1]?.split(' ')[11] ?? 0);
}

const engine = createPgliteEngine({ log: silentLog });
const input = { base: [], migrations: [migration('1.sql', 'DO $$ BEGIN LOOP END LOOP; END $$;')], criteria: [] };
void engine.verify(input);

// The standby is idle; what has used five seconds of a core is the one that loops.
const look = setInterval(async () => {
  const children = (await readFile(`/proc/self/task/${process.pid}/children`, 'utf8')).split(' ').filter(Boolean);
  for (const pid of children) {
    if ((await ticks(pid)) < 500) continue;
    clearInterval(look);
    process.send?.(Number(pid));
  }
}, 200);
