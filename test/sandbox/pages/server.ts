import { createFaults } from '../../../src/sandbox/faults/faults.ts';
import { createAllowances } from '../../../src/sandbox/server/allowances.ts';
import { listen, urlOf } from '../../../src/sandbox/server/listen.ts';
import { createCourier } from '../../../src/sandbox/webhooks/courier.ts';
import type { aShop } from '../graphql/site.ts';

/** The shop behind the sandbox's own HTTP server, on a free port. */
export async function startPages(shop: Awaited<ReturnType<typeof aShop>>) {
  const { site } = shop;
  const faults = createFaults();
  const courier = createCourier(() => site.world, { now: site.now, url: site.url, faults });
  const allowances = createAllowances(Date.now);
  const api = { site, courier, faults, allowances, wallClock: Date.now };
  const server = await listen(api, () => {}, { host: '127.0.0.1', port: 0 });
  const origin = urlOf(server);

  /** Loads a page as somebody; without a login, as nobody. */
  async function get(path: string, login = '', headers: Record<string, string> = {}) {
    const response = await fetch(origin + path, {
      headers: { accept: 'text/html', cookie: `sandbox-acting=${login}`, ...headers },
    });
    return { status: response.status, headers: response.headers, text: await response.text() };
  }

  /** Sends a form as a browser does. */
  async function post(path: string, login: string, fields: Record<string, string> | [string, string][], from = origin) {
    const response = await fetch(origin + path, {
      method: 'POST',
      headers: { cookie: `sandbox-acting=${login}`, origin: from },
      body: new URLSearchParams(fields),
      redirect: 'manual',
    });
    return {
      status: response.status,
      headers: response.headers,
      text: await response.text(),
      to: response.headers.get('location'),
    };
  }

  async function close(): Promise<void> {
    courier.drop();
    server.closeAllConnections();
    await new Promise((closed) => server.close(closed));
  }

  return { ...shop, origin, get, post, faults, courier, close };
}
