import type { Git } from './git/store.ts';
import type { Level, Permissions } from './state/accounts.ts';
import type { Repository } from './state/repository.ts';
import type { World } from './state/world.ts';

/** Who is asking. An installation carries the permissions of the token in hand, which may be narrower than its own. */
export type Actor =
  | { readonly kind: 'anonymous' }
  /** `permissions`: of a fine-grained personal token; absent, it may do whatever its person may. */
  | { readonly kind: 'user'; readonly login: string; readonly permissions?: Permissions }
  | { readonly kind: 'app'; readonly appId: number }
  | {
      readonly kind: 'installation';
      readonly appId: number;
      readonly installationId: number;
      readonly permissions: Permissions;
      readonly repositoryIds: readonly number[] | null;
      readonly token: string;
    };

/** Something happened that Apps may have subscribed to. The sender, repository and installation are added on delivery. */
export interface Happening {
  readonly event: string;
  readonly action: string | null;
  readonly repository: Repository | null;
  readonly actor: Actor;
  /** Permission an installation needs to be told; `null`: always told. */
  readonly needs: readonly [string, Level] | null;
  /** Only this App is told. */
  readonly onlyApp?: number;
  /** Members of the payload beside `action`, `repository`, `sender`, `organization` and `installation`. */
  readonly payload: () => object | Promise<object>;
}

/** What operations and views work on: one running sandbox. */
export interface Site {
  world: World;
  /** Object store of a repository and its forks. */
  readonly gitOf: (repository: Repository) => Git;
  /** The sandbox's clock, ISO 8601 in whole seconds. */
  readonly now: () => string;
  /** Address without a final slash, for example `http://127.0.0.1:4000`. */
  readonly url: () => string;
  /** Tells every App that is installed and subscribed. Resolves once the payload is fixed, not once it is delivered. */
  readonly emit: (happening: Happening) => Promise<void>;
  /** Runs one write at a time, so that an operation which awaits git never meets another half-way. */
  readonly exclusive: <T>(work: () => Promise<T>) => Promise<T>;
}
