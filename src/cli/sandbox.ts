import { basename, resolve } from 'node:path';
import { importRepository } from '../sandbox/index.ts';
import { people, shop, shopFiles } from '../story/shop.ts';
import { startPair } from './pair.ts';
import { stopSignal } from './serve.ts';
import { readArguments, UsageError } from './usage.ts';

export const sandboxUsage = 'database-lead sandbox [--repo DIR] [--port N]';

/**
 * `database-lead sandbox`: a GitHub on localhost with the App on it, over a copy of a repository of yours (or the example
 * shop), until it is stopped. You act there as anybody.
 */
export async function sandboxCommand(args: readonly string[]): Promise<number> {
  const { values } = readArguments(
    args,
    { repo: { type: 'string' }, port: { type: 'string', default: '4000' } },
    sandboxUsage,
  );
  const port = Number(values.port);
  if (!Number.isInteger(port) || port < 0 || port > 65_535)
    throw new UsageError(`--port is "${values.port}"`, 'Use a number from 0 to 65535');
  const labels = [{ name: 'database', color: '1d76db' }];
  const ownerType = 'Organization' as const;
  const seed =
    values.repo === undefined
      ? { ...shop, ownerType, files: await shopFiles(), users: people, labels }
      : {
          owner: 'you',
          name: basename(resolve(values.repo)).replace(/[^\w.-]/g, '-'),
          ownerType,
          imported: await importRepository(resolve(values.repo)),
          users: people,
          labels,
        };
  const pair = await startPair(seed, { port, logLevel: 'info' });
  process.stdout.write(`${pair.sandbox.url}/${seed.owner}/${seed.name}\n`);
  await stopSignal();
  await pair.close();
  return 0;
}
