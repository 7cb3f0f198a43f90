import type { PullSnapshot, Thread } from '../../github/port.ts';
import type { FindingThread, Given, Person } from '../observed.ts';
import type { PostCodec } from '../post.ts';
import { givenCommands } from './people.ts';

/** The threads of a pull request that began with a finding of ours. */
export async function findingThreads(
  { threads }: PullSnapshot,
  codec: PostCodec,
  bot: string,
  personOf: (login: string) => Promise<Person>,
): Promise<readonly FindingThread[]> {
  return (
    await Promise.all(
      threads.map(async (thread) => findingThread(thread, codec, await givenCommands(thread.comments, bot, personOf))),
    )
  ).filter((thread) => thread !== undefined);
}

function findingThread(thread: Thread, codec: PostCodec, commands: readonly Given[]): FindingThread | undefined {
  const [first, ...replies] = thread.comments;
  const post = first === undefined ? undefined : codec.read(first);
  if (first === undefined || post === undefined || !post.id.startsWith('finding/')) return undefined;
  const { rule, object } = post.data;
  return {
    key: post.id.slice('finding/'.length),
    rule: typeof rule === 'string' ? rule : '',
    object: typeof object === 'string' ? object : '',
    thread: thread.id,
    comment: first.id,
    path: thread.path,
    resolved: thread.resolved,
    ...(thread.resolvedBy === undefined ? {} : { resolvedBy: thread.resolvedBy }),
    outdated: thread.outdated,
    said: replies.flatMap((reply) => codec.read(reply) ?? []),
    commands,
  };
}
