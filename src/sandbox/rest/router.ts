import type { Route } from './call.ts';

interface Compiled {
  readonly route: Route;
  readonly pattern: RegExp;
  readonly names: readonly string[];
}

export interface Router {
  /** The route for a method and path (already without `/api/v3`), with its decoded parameters; `null` when none. */
  readonly find: (method: string, path: string) => { route: Route; params: Record<string, string> } | null;
}

function compile(route: Route): Compiled {
  const names: string[] = [];
  const pattern = route.path.replace(/[:*]([a-z_]+)|[.+]/g, (whole, name: string | undefined) => {
    if (!name) return `\\${whole}`;
    names.push(name);
    return whole.startsWith('*') ? '(.*?)' : '([^/]+)';
  });
  return { route, names, pattern: new RegExp(`^${pattern}/?$`) };
}

/** The kind of thing a path is about: routes are looked for only among those that share it. */
function subject(path: string): string {
  const parts = path.split('/');
  return parts[1] === 'repos' ? `repos/${parts[4] ?? ''}` : (parts[1] ?? '');
}

/** Builds a router; of two routes that match, the first wins. */
export function createRouter(routes: readonly Route[]): Router {
  const table = new Map<string, Compiled[]>();
  for (const route of routes) {
    const key = `${route.method} ${subject(route.path)}`;
    table.set(key, [...(table.get(key) ?? []), compile(route)]);
  }
  return {
    find(method, path) {
      for (const { route, pattern, names } of table.get(`${method} ${subject(path)}`) ?? []) {
        const found = pattern.exec(path);
        if (!found) continue;
        const params: Record<string, string> = {};
        for (const [at, name] of names.entries()) {
          const decoded = decode(found[at + 1] ?? '');
          if (decoded === null) return null;
          params[name] = decoded;
        }
        return { route, params };
      }
      return null;
    },
  };
}

function decode(text: string): string | null {
  try {
    return decodeURIComponent(text);
  } catch {
    return null;
  }
}
