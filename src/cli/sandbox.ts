import { basename, resolve } from 'node:path';
import { importRepository, serverVersion } from '../sandbox/index.ts';
import { people, shop, shopFiles } from '../story/shop.ts';
import { appManifest } from './manifest.ts';
import { type PairOptions, startPair } from './pair.ts';
import { stopSignal } from './serve.ts';
import { oneOf, readArguments, UsageError } from './usage.ts';

export const sandboxUsage =
  'database-lead sandbox [--repo DIR] [--port N] [--server-version V] [--without PERMISSION]...';

/**
 * `database-lead sandbox`: a GitHub on localhost with the App on it, over a copy of a repository of yours (or the example
 * shop), until it is stopped. You act there as anybody.
 */
export async function sandboxCommand(args: readonly string[]): Promise<number> {
  const { values } = readArguments(
    args,
    {
      repo: { type: 'string' },
      port: { type: 'string', default: '4000' },
      'server-version': { type: 'string' },
      without: { type: 'string', multiple: true, default: [] },
    },
    sandboxUsage,
  );
  const port = Number(values.port);
  if (!Number.isInteger(port) || port < 0 || port > 65_535)
    throw new UsageError(`--port is "${values.port}"`, 'Use a number from 0 to 65535');
  const played = await playedBy(values['server-version'], values.without);
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
  const pair = await startPair(seed, { port, logLevel: 'info', ...played });
  process.stdout.write(`${pair.sandbox.url}/${seed.owner}/${seed.name}\n`);
  await stopSignal();
  await pair.close();
  return 0;
}

/** Which server is played, and what the installation on it lacks. */
async function playedBy(
  version: string | undefined,
  without: readonly string[],
): Promise<Pick<PairOptions, 'serverVersion' | 'without'>> {
  if (version !== undefined && serverVersion(version) === null)
    throw new UsageError(`--server-version is "${version}"`, 'Use the version of an Enterprise Server, such as 3.17');
  const { permissions } = await appManifest();
  for (const permission of without) oneOf(Object.keys(permissions), permission, '--without');
  return { ...(version === undefined ? {} : { serverVersion: version }), without };
}
