import { Forbidden, NotInstalled, type Repository } from '../port.ts';
import { hasGraphqlError, statusOf } from './client.ts';
import { type Lacking, rememberRefusal } from './lacking.ts';

/**
 * The same repository, with a refusal for want of a permission told apart from every other failure: it is final, and it
 * concerns one call, not the whole pass. Rate limits are 403 as well; those have been waited out below. `gone` is called when
 * the installation turns out to be suspended or no longer there.
 */
export function withForbidden(repository: Repository, lacking: Lacking, gone: () => void): Repository {
  return new Proxy(repository, {
    get(target, name, receiver) {
      const member: unknown = Reflect.get(target, name, receiver);
      if (typeof member !== 'function') return member;
      return async (...given: unknown[]) => {
        try {
          return await member.apply(target, given);
        } catch (error) {
          if (isGone(error)) {
            gone();
            throw new NotInstalled(`${repository.owner}/${repository.repo}`, error);
          }
          if (!isForbidden(error)) throw error;
          rememberRefusal(lacking, String(name));
          throw new Forbidden(String(name), neededPermission(error), error);
        }
      };
    },
  });
}

/** A token of an installation that is gone is a bad one, and no new one is given; neither while it is suspended. */
function isGone(error: unknown): boolean {
  const status = statusOf(error);
  if (status === 401) return true;
  if (status === 403) return error instanceof Error && /installation has been suspended/i.test(error.message);
  const { request } = error as { request?: { url?: unknown } };
  return status === 404 && /\/app\/installations\/\d+\/access_tokens$/.test(String(request?.url));
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
