import type { Feature, Lack, Repository } from '../port.ts';
import { type Client, statusOf } from './client.ts';

/** What an installation turned out not to have, shared by everything that is done through it. */
export interface Lacking {
  readonly features: Map<Feature, Lack>;
  /** Endpoints of the REST API that the server does not have, where there is another way. */
  readonly endpoints: Set<string>;
}

type Level = 'read' | 'write' | 'admin';

/** What each feature takes of an installation, by GitHub's own names as in `app.yml`. */
const permissions: Readonly<Partial<Record<Feature, readonly [permission: string, level: Level]>>> = {
  issues: ['issues', 'write'],
  'pull-requests': ['pull_requests', 'read'],
  reviews: ['pull_requests', 'write'],
  checks: ['checks', 'write'],
  'merge-queues': ['merge_queues', 'read'],
  files: ['contents', 'read'],
  'task-files': ['contents', 'write'],
  'resolve-threads': ['contents', 'write'],
  deployments: ['deployments', 'read'],
  members: ['members', 'read'],
};

/** The feature that a refused call belongs to. Comments are in none: on a pull request either of two permissions will do. */
const calls: Readonly<Partial<Record<keyof Repository, Feature>>> = {
  createIssue: 'issues',
  updateIssue: 'issues',
  pull: 'pull-requests',
  changedFiles: 'pull-requests',
  createReview: 'reviews',
  commentOnFile: 'reviews',
  dismissReview: 'reviews',
  replyToReviewComment: 'reviews',
  updateReviewComment: 'reviews',
  checks: 'checks',
  publishChecks: 'checks',
  commitFile: 'task-files',
};

export function noLacks(): Lacking {
  return { features: new Map(), endpoints: new Set() };
}

/** Brings what is lacking for want of a permission up to what the installation was granted. */
export function holdAgainst({ features }: Lacking, granted: Readonly<Record<string, string | undefined>>): void {
  for (const [feature, [permission, level]] of Object.entries(permissions) as [Feature, readonly [string, Level]][]) {
    if (!reaches(granted[permission], level))
      features.set(feature, { kind: 'permission', needs: `${permission}: ${level}` });
    else if (features.get(feature)?.kind === 'permission') features.delete(feature);
  }
}

/** Remembers what a refused call tells of the installation. */
export function rememberRefusal({ features }: Lacking, call: string): void {
  const feature = calls[call as keyof Repository];
  if (feature !== undefined && !features.has(feature))
    features.set(feature, { kind: 'permission', needs: needs(feature) });
}

/** The permission that a feature takes, as people read it. */
export function needs(feature: Feature): string {
  return (permissions[feature] ?? ['issues', 'write']).join(': ');
}

/** A server of another version may have what was missing. */
export function forgetServer({ features, endpoints }: Lacking): void {
  endpoints.clear();
  for (const [feature, { kind }] of features) if (kind === 'server') features.delete(feature);
}

/** Has the version told that an Enterprise Server puts into every answer; GitHub.com tells none. */
export function watchVersion(client: Client, told: (version: string) => void): void {
  client.hook.after('request', ({ headers }) => {
    const version = headers['x-github-enterprise-version'];
    if (typeof version === 'string' && version !== '') told(version);
  });
}

/** Why a feature is missing, by the error of a call that is not there. */
export function lackOf(feature: Feature, error: unknown, version: string | undefined): Lack {
  if (statusOf(error) === 403) return { kind: 'permission', needs: needs(feature) };
  return { kind: 'server', ...(version === undefined ? {} : { version }) };
}

function reaches(held: string | undefined, level: Level): boolean {
  const levels: readonly string[] = ['read', 'write', 'admin'];
  return held !== undefined && levels.indexOf(held) >= levels.indexOf(level);
}
