import type { Account } from '../../state/accounts.ts';
import { findAccount } from '../../state/find.ts';
import { nodeId } from '../../state/ids.ts';
import type { Context, Fields } from '../context.ts';

function resourcePath(account: Account): string {
  return account.type === 'Bot' ? `/apps/${account.login.replace(/\[bot\]$/, '')}` : `/${account.login}`;
}

function accountFields(at: Context, account: Account): Fields {
  return {
    __typename: account.type,
    id: nodeId(account.type, account.id),
    databaseId: account.id,
    login: account.login,
    name: account.name,
    avatarUrl: `${at.site.url()}/_sandbox/avatars/${account.id}`,
    createdAt: account.createdAt,
    resourcePath: resourcePath(account),
    url: at.site.url() + resourcePath(account),
  };
}

/** Whoever did something. GraphQL shows a bot without the `[bot]` that REST and webhooks have; nobody left is `null`. */
export function actorFields(at: Context, login: string | null): Fields | null {
  const account = login === null ? undefined : findAccount(at.site.world, login);
  if (!account) return null;
  return { ...accountFields(at, account), login: account.login.replace(/\[bot\]$/, '') };
}

/** An account where the schema says `User`: a bot keeps its `[bot]` there and counts as a user. */
export function userFields(at: Context, login: string | null): Fields | null {
  const account = login === null ? undefined : findAccount(at.site.world, login);
  if (!account || account.type === 'Organization') return null;
  return { ...accountFields(at, account), __typename: 'User' };
}
