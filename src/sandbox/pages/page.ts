import type { Faults } from '../faults/faults.ts';
import type { Actor, Site } from '../site.ts';
import type { Courier } from '../webhooks/courier.ts';
import type { Html } from './html.ts';

/** What the pages need beside the site. */
export interface PageServices {
  readonly courier: Courier;
  readonly faults: Faults;
}

/** One HTTP request for a page, read. */
export interface PageRequest {
  readonly method: string;
  /** Path without the query, still encoded. */
  readonly path: string;
  readonly query: URLSearchParams;
  /** Names in lower case. */
  readonly headers: Readonly<Record<string, string | undefined>>;
  /** The fields of a posted form. */
  readonly form: URLSearchParams;
}

export interface PageReply {
  readonly status: number;
  readonly headers: Readonly<Record<string, string>>;
  readonly body: string | Uint8Array;
}

/** What a screen or a form handler works with. */
export interface Visit {
  readonly site: Site;
  readonly services: PageServices;
  readonly request: PageRequest;
  /** On whose behalf the person acts; anonymous when they chose nobody. */
  readonly actor: Actor;
  /** Their login, or `null`. */
  readonly login: string | null;
  /** Decoded parts of the path. */
  readonly params: Readonly<Record<string, string>>;
}

/** What a screen shows; the layout is put around it. */
export interface Screen {
  readonly title: string;
  readonly body: Html;
  readonly status?: number;
  /** The tab of the repository that this belongs to. */
  readonly tab?: 'code' | 'issues' | 'pulls' | 'deployments';
}

/** Where a form leads to. */
export interface Redirect {
  readonly kind: 'redirect';
  readonly to: string;
  readonly headers?: Readonly<Record<string, string>>;
}

export function redirect(to: string, headers: Readonly<Record<string, string>> = {}): Redirect {
  return { kind: 'redirect', to, headers };
}

export function param(visit: Visit, name: string): string {
  return visit.params[name] ?? '';
}

/** A field of the posted form, with line ends as git has them. */
export function field(visit: Visit, name: string): string {
  return (visit.request.form.get(name) ?? '').replaceAll('\r\n', '\n');
}

/** All values of a field that may be given several times, without empty ones. */
export function fields(visit: Visit, name: string): string[] {
  return visit.request.form.getAll(name).filter((value) => value !== '');
}
