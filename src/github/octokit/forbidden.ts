import { Forbidden, type Repository } from '../port.ts';
import { hasGraphqlError, statusOf } from './client.ts';

/**
 * The same repository, with a refusal for want of a permission told apart from every other failure: it is final, and it
 * concerns one call, not the whole pass. Rate limits are 403 as well; those have been waited out below.
 */
export function withForbidden(repository: Repository): Repository {
  return new Proxy(repository, {
    get(target, name, receiver) {
      const member: unknown = Reflect.get(target, name, receiver);
      if (typeof member !== 'function') return member;
      return async (...given: unknown[]) => {
        try {
          return await member.apply(target, given);
        } catch (error) {
          throw isForbidden(error) ? new Forbidden(String(name), neededPermission(error), error) : error;
        }
      };
    },
  });
}

/** Whether GitHub refused for want of a permission. */
export function isForbidden(error: unknown): boolean {
  if (!(error instanceof Error)) return false;
  return (statusOf(error) === 403 || hasGraphqlError(error, 'FORBIDDEN')) && /not accessible by/i.test(error.message);
}

/** GitHub names what was missing in a header of the refusal (REST reference, "Permissions required for GitHub Apps"). */
function neededPermission(error: unknown): string | undefined {
  const { response } = error as { response?: { headers?: Record<string, string | number | undefined> } };
  const header = response?.headers?.['x-accepted-github-permissions'];
  return typeof header === 'string' && header !== '' ? header : undefined;
}
