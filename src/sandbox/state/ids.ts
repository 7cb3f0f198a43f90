import type { World } from './world.ts';

/**
 * Kinds of records, with the prefix of their node ids (as GitHub spells them) and their first database id. The ranges
 * do not overlap, and the busy ones lie above 2^31, so that a number sent as an id, an id of another kind, or a 32-bit
 * integer is found out rather than accepted by chance.
 */
const kinds = {
  User: { prefix: 'U', first: 41_000_000 },
  Organization: { prefix: 'O', first: 71_000_000 },
  Bot: { prefix: 'BOT', first: 91_000_000 },
  App: { prefix: 'A', first: 510_000 },
  Installation: { prefix: 'MDQ', first: 52_000_000 },
  Repository: { prefix: 'R', first: 610_000_000 },
  Label: { prefix: 'LA', first: 5_100_000_000 },
  Environment: { prefix: 'EN', first: 5_900_000 },
  Issue: { prefix: 'I', first: 2_310_000_000 },
  PullRequest: { prefix: 'PR', first: 2_410_000_000 },
  IssueComment: { prefix: 'IC', first: 2_510_000_000 },
  PullRequestReview: { prefix: 'PRR', first: 2_610_000_000 },
  PullRequestReviewThread: { prefix: 'PRRT', first: 2_710_000_000 },
  PullRequestReviewComment: { prefix: 'PRRC', first: 2_810_000_000 },
  TimelineEvent: { prefix: 'EV', first: 12_000_000_000 },
  CheckSuite: { prefix: 'CS', first: 31_000_000_000 },
  CheckRun: { prefix: 'CR', first: 32_000_000_000 },
  Status: { prefix: 'SC', first: 33_000_000_000 },
  Deployment: { prefix: 'DE', first: 2_910_000_000 },
  DeploymentStatus: { prefix: 'DES', first: 3_010_000_000 },
  MergeQueueEntry: { prefix: 'MQE', first: 3_110_000_000 },
  Delivery: { prefix: 'DL', first: 41_000_000_000 },
  Guid: { prefix: 'G', first: 0 },
  Token: { prefix: 'T', first: 0 },
  Request: { prefix: 'RQ', first: 0 },
} as const;

export type Kind = keyof typeof kinds;

/** The next database id of a kind; counted, never random, so that a replayed story gets the same ids. */
export function nextId(world: World, kind: Kind): number {
  const id = (world.ids[kind] ?? kinds[kind].first) + 1;
  world.ids[kind] = id;
  return id;
}

/** The opaque global id of a record, as in REST's `node_id` and GraphQL's `id`. */
export function nodeId(kind: Kind, id: number): string {
  return `${kinds[kind].prefix}_kw${Buffer.from(`${kind}:${id}`).toString('base64url')}`;
}

/** Reads a node id back; `null` for text that is none of ours. */
export function parseNodeId(text: string): { readonly kind: Kind; readonly id: number } | null {
  const encoded = /^[A-Z]+_kw([\w-]+)$/.exec(text)?.[1];
  if (!encoded) return null;
  const [kind, digits] = Buffer.from(encoded, 'base64url').toString('utf8').split(':');
  if (!kind || !Object.hasOwn(kinds, kind) || !/^\d+$/.test(digits ?? '')) return null;
  return { kind: kind as Kind, id: Number(digits) };
}
