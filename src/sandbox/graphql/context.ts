import { type Need, permit, visibleRepository } from '../operations/access.ts';
import type { Actor, Site } from '../site.ts';
import type { Repository } from '../state/repository.ts';

/** Requests that an actor may make in an hour, made, and when the hour ends (seconds since 1970). */
export interface Allowance {
  readonly limit: number;
  readonly used: number;
  readonly reset: number;
}

/** What one query is answered from. */
export interface Context {
  readonly site: Site;
  readonly actor: Actor;
  /** `null` where no limits are kept, as on an Enterprise Server. */
  readonly allowance: Allowance | null;
  readonly cost: { readonly points: number; readonly nodes: number };
}

/**
 * An object of the schema: its type's name, and a value or a function of the arguments for every field. graphql-js calls
 * the functions by itself, so a type is one function from a record of the world to such an object.
 */
export interface Fields {
  readonly __typename: string;
  readonly [field: string]: unknown;
}

/** Refuses who may not do what `need` says in the repository. */
export function check(at: Context, repository: Repository, need: Need): void {
  permit(at.site, at.actor, repository, need);
}

/** Whether the caller may know of a repository. */
export function sees(at: Context, repository: Repository): boolean {
  try {
    visibleRepository(at.site, at.actor, repository.owner, repository.name);
    return true;
  } catch {
    return false;
  }
}
