import { execFile } from 'node:child_process';
import { readFile } from 'node:fs/promises';
import { promisify } from 'node:util';

const execute = promisify(execFile);

/**
 * The resident memory of a process in megabytes, or `undefined` where the system does not tell: `/proc` on Linux (proc(5), VmRSS
 * in kilobytes), `ps` on the other Unixes (ps(1), rss in kilobytes).
 */
export async function residentMb(pid: number): Promise<number | undefined> {
  const kilobytes = await readFile(`/proc/${pid}/status`, 'utf8').then(
    (status) => /^VmRSS:\s+(\d+) kB/m.exec(status)?.[1],
    () =>
      process.platform === 'linux'
        ? undefined
        : execute('ps', ['-o', 'rss=', '-p', String(pid)]).then(
            ({ stdout }) => stdout.trim(),
            () => undefined,
          ),
  );
  const number = Number(kilobytes);
  return kilobytes === undefined || Number.isNaN(number) ? undefined : number / 1024;
}
