import type { PgBoss } from 'pg-boss';
import { type Addition, type JobData, merged } from './addition.ts';
import { queueNames } from './port.ts';
import { adjustWaiting } from './schema.ts';

/** Writes additions in one statement a queue, and a second one where keys waited already. Returns once they are on disk. */
export async function writeAdditions(boss: PgBoss, additions: readonly Addition[]): Promise<void> {
  const single = merged(additions);
  for (const queue of queueNames) {
    const own = single.filter((addition) => addition.queue === queue);
    if (own.length === 0) continue;
    const inserted = await boss.insert(queue, own.map(jobOf), { returnId: true });
    if (inserted?.length === own.length) continue;
    // A job that is claimed between the two statements starts after this addition was made, and so is the run it asked for.
    const waiting = own.map(({ key, after, attempt }) => ({ key, after, attempt }));
    await boss.getDb().executeSql(adjustWaiting, [queue, JSON.stringify(waiting)]);
  }
}

function jobOf({ key, after, attempt, delivery }: Addition) {
  const data: JobData = { key, attempt, ...(delivery === undefined ? {} : { delivery: printable(delivery) }) };
  return { data, singletonKey: key, ...(after > 0 ? { startAfter: after } : {}) };
}

/** JSON columns refuse NUL and lone surrogates; delivery ids have neither unless somebody plays with us. */
function printable(text: string): string {
  return text.replace(/[^\x20-\x7e]/g, '').slice(0, 100);
}
