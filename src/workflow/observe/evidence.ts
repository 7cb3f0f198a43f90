import type { Cache } from '../../store/port.ts';
import type { Evidence, RequestPicture } from '../observed.ts';
import { explainRequest } from '../replies.ts';

/** What engines have found before, for these digests. */
export async function evidenceFor(cache: Cache, digests: readonly string[]): Promise<ReadonlyMap<string, Evidence>> {
  const found = await Promise.all(digests.map(async (key) => [key, await cache.get(key)] as const));
  // Only the evidence worker writes under these keys, and their digests name the input and the kind.
  return new Map(found.flatMap(([key, value]) => (value === undefined ? [] : [[key, value as Evidence] as const])));
}

/** The digests of the queries that people asked to have explained. */
export function explanations({ commands, schema }: Pick<RequestPicture, 'commands' | 'schema'>): readonly string[] {
  return commands.flatMap(({ command }) =>
    command.kind === 'explain' && command.sql !== undefined ? [explainRequest(schema, command.sql).digest] : [],
  );
}
