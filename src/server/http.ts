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

/** The webhook middleware takes a body that was read before it. */
type Middleware = (request: IncomingMessage & { readonly body?: string }, response: ServerResponse) => Promise<boolean>;

/** GitHub sends no larger payload (documentation, "Webhook events and payloads"), in bytes. */
const largestBody = 25 * 1024 * 1024;

/** How long somebody may still take to finish a request when the server stops, in milliseconds. */
const patience = 3_000;

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
      default: {
        if (webhooks === undefined) return say(response, 404, 'not found');
        const body = await bodyOf(request);
        if (body === undefined) {
          response.setHeader('connection', 'close');
          return say(response, 413, 'too large');
        }
        if (!(await webhooks(Object.assign(request, { body }), response))) say(response, 404, 'not found');
      }
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

/** The text of a request, or nothing if it is too large: a signature is only checked once all of it is here. */
async function bodyOf(request: IncomingMessage): Promise<string | undefined> {
  const chunks: Buffer[] = [];
  let size = 0;
  // Leaving the loop must not break the connection that the refusal goes out on.
  for await (const chunk of request.iterator({ destroyOnReturn: false }) as AsyncIterable<Buffer>) {
    size += chunk.length;
    if (size > largestBody) return undefined;
    chunks.push(chunk);
  }
  return Buffer.concat(chunks).toString('utf8');
}

/** A client that never finishes its request must not keep the process. */
function closed(server: Server): Promise<void> {
  return new Promise((resolve) => {
    const impatient = setTimeout(() => server.closeAllConnections(), patience);
    server.close(() => {
      clearTimeout(impatient);
      resolve();
    });
    server.closeIdleConnections();
  });
}
