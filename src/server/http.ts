import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';

/** The pages beside the webhooks. */
export interface Pages {
  /** Whether the process lives. */
  readonly healthz: () => boolean;
  /** Whether it can take work now. */
  readonly readyz: () => Promise<boolean>;
  readonly metrics: () => Promise<{ readonly type: string; readonly text: string }>;
}

type Middleware = (request: IncomingMessage, response: ServerResponse) => Promise<boolean>;

export interface Listening {
  readonly url: string;
  /** Accepts nothing new and resolves when open requests are answered. */
  close(): Promise<void>;
}

/** Serves the pages, and everything else through the webhook middleware. */
export async function listen(
  pages: Pages,
  webhooks: Middleware | undefined,
  { host, port }: { readonly host: string; readonly port: number },
): Promise<Listening> {
  const server = createServer((request, response) => {
    answer(request, response).catch(() => {
      if (!response.headersSent) response.writeHead(500);
      response.end();
    });
  });

  async function answer(request: IncomingMessage, response: ServerResponse): Promise<void> {
    switch (request.method === 'GET' ? request.url?.split('?')[0] : undefined) {
      case '/healthz':
        return say(response, pages.healthz() ? 200 : 503, pages.healthz() ? 'ok' : 'stopping');
      case '/readyz': {
        const ready = await pages.readyz();
        return say(response, ready ? 200 : 503, ready ? 'ready' : 'not ready');
      }
      case '/metrics': {
        const { type, text } = await pages.metrics();
        return say(response, 200, text, type);
      }
      case '/':
        return say(response, 200, 'database-lead: a GitHub App. /healthz, /readyz and /metrics tell how it is.');
      default:
        if (webhooks === undefined || !(await webhooks(request, response))) say(response, 404, 'not found');
    }
  }

  await new Promise<void>((resolve, reject) => server.once('error', reject).listen(port, host, resolve));
  const address = server.address() as AddressInfo;
  return {
    url: `http://${address.family === 'IPv6' ? `[${address.address}]` : address.address}:${address.port}`,
    close: () => closed(server),
  };
}

function say(response: ServerResponse, status: number, text: string, type = 'text/plain; charset=utf-8'): void {
  if (response.headersSent) return;
  response.writeHead(status, { 'content-type': type }).end(`${text}\n`);
}

function closed(server: Server): Promise<void> {
  return new Promise((resolve) => {
    server.close(() => resolve());
    server.closeIdleConnections();
  });
}
