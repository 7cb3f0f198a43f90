import { loginOf, visibleRepository } from '../operations/access.ts';
import type { Context } from './context.ts';
import { unresolved } from './errors.ts';
import { nodeFields } from './node.ts';
import { userFields } from './types/account.ts';
import { repositoryFields } from './types/repository.ts';

function rateLimit({ allowance, cost }: Context) {
  if (!allowance) return null;
  const { limit, used, reset } = allowance;
  return {
    cost: cost.points,
    nodeCount: cost.nodes,
    limit,
    used,
    remaining: Math.max(0, limit - used),
    resetAt: new Date(reset * 1000).toISOString().replace('.000', ''),
  };
}

/** The fields of `Query`. */
export function queryRoot(at: Context) {
  return {
    rateLimit: () => rateLimit(at),
    viewer: () => userFields(at, loginOf(at.site, at.actor)),
    user: ({ login }: { readonly login: string }) => {
      const found = userFields(at, login);
      if (!found) throw unresolved(`a User with the login of '${login}'`);
      return found;
    },
    repository: ({ owner, name }: { readonly owner: string; readonly name: string }) => {
      try {
        return repositoryFields(at, visibleRepository(at.site, at.actor, owner, name));
      } catch {
        throw unresolved(`a Repository with the name '${owner}/${name}'`);
      }
    },
    node: ({ id }: { readonly id: string }) => nodeFields(at, id),
    nodes: ({ ids }: { readonly ids: readonly string[] }) => ids.map((id) => nodeFields(at, id)),
  };
}
