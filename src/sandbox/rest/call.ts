import type { Git } from '../git/store.ts';
import { visibleRepository } from '../operations/access.ts';
import { notFound, Refusal } from '../refusal.ts';
import type { Actor, Site } from '../site.ts';
import { findIssue, isPull, type PullIssue } from '../state/find.ts';
import type { Issue } from '../state/issue.ts';
import type { Repository } from '../state/repository.ts';
import type { Courier } from '../webhooks/courier.ts';

/** What REST needs beside the site. */
export interface Services {
  readonly courier: Courier;
  /** Milliseconds. */
  readonly wallClock: () => number;
  /** Requests an actor may make in an hour, made, and when the hour ends (seconds since 1970). */
  readonly allowance: (actor: Actor) => { readonly limit: number; readonly used: number; readonly reset: number };
}

/** One request, read. */
export interface Call {
  readonly site: Site;
  readonly services: Services;
  readonly actor: Actor;
  readonly params: Readonly<Record<string, string>>;
  readonly query: URLSearchParams;
  readonly body: Readonly<Record<string, unknown>> | readonly unknown[];
  /** The `Accept` header. */
  readonly accept: string;
  readonly apiVersion: string;
  /** Address of the request without its query, for `Link` headers. */
  readonly address: string;
}

export interface Reply {
  readonly status: number;
  /** JSON, or the very text or bytes when `type` is given. */
  readonly body?: unknown;
  readonly type?: string;
  readonly headers?: Readonly<Record<string, string>>;
}

export interface Route {
  readonly method: string;
  readonly path: string;
  readonly handle: (call: Call) => Reply | Promise<Reply>;
}

/** One route: `:name` is a segment, `*name` any number of them. */
export function on(method: string, path: string, handle: Route['handle']): Route {
  return { method, path, handle };
}

export function ok(body: unknown, status = 200): Reply {
  return { status, body };
}

export const noContent: Reply = { status: 204 };

export function param(call: Call, name: string): string {
  return call.params[name] ?? '';
}

/** An id or number in the path; what is none names nothing. */
export function numeric(call: Call, name: string): number {
  const text = param(call, name);
  if (!/^\d{1,15}$/.test(text)) throw notFound();
  return Number(text);
}

/** The repository in the path. */
export function repositoryIn(call: Call): Repository {
  return visibleRepository(call.site, call.actor, param(call, 'owner'), param(call, 'repo'));
}

/** The repository in the path and its object store. */
export function gitIn(call: Call): { readonly repository: Repository; readonly git: Git } {
  const repository = repositoryIn(call);
  return { repository, git: call.site.gitOf(repository) };
}

/** The issue or pull request in the path. */
export function issueIn(call: Call): { readonly repository: Repository; readonly issue: Issue } {
  const repository = repositoryIn(call);
  const issue = findIssue(call.site.world, repository, numeric(call, 'number'));
  if (!issue) throw notFound();
  return { repository, issue };
}

/** The pull request in the path. */
export function pullIn(call: Call): { readonly repository: Repository; readonly issue: PullIssue } {
  const { repository, issue } = issueIn(call);
  if (!isPull(issue)) throw notFound();
  return { repository, issue };
}

/** Whether the caller asks for a media type such as `raw` or `diff`. */
export function wants(call: Call, type: string): boolean {
  return new RegExp(`application/vnd\\.github(\\.v3)?\\.${type}(\\+json)?\\b`).test(call.accept);
}

/** Turns a wrong type in a body into GitHub's 422. */
export function wrongType(name: string, value: unknown, type: string): Refusal {
  return new Refusal(422, `Invalid request.\n\nFor 'properties/${name}', ${JSON.stringify(value)} is not a ${type}.`);
}
