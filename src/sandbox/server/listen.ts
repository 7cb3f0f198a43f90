import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { servePage } from '../pages/serve.ts';
import { Refusal } from '../refusal.ts';
import { type Api, answerApi, isApi, isWrite, type Outgoing, senderOf } from './api.ts';
import { answerControl } from './control.ts';
import { beforePerforming } from './faulty.ts';
import { type Incoming, readIncoming } from './incoming.ts';

/** One API request as the log of requests has it. */
export interface LoggedRequest {
  readonly method: string;
  readonly path: string;
  readonly by: 'app' | 'user' | 'nobody';
  readonly write: boolean;
  readonly status: number;
}

/** Serves the API, the pages and the control of faults. `log` is told of every API request that was answered. */
export async function listen(
  api: Api,
  log: (request: LoggedRequest) => void,
  at: { readonly host: string; readonly port: number },
): Promise<Server> {
  const server = createServer((request, response) => {
    answer(api, log, request, response).catch((error: unknown) => {
      const status = error instanceof Refusal ? error.status : 500;
      if (!response.headersSent) response.writeHead(status, { 'Content-Type': 'application/json; charset=utf-8' });
      response.end(JSON.stringify({ message: error instanceof Error ? error.message : 'Server Error' }));
    });
  });
  // Clients keep connections; the sandbox never ends one under their hands.
  server.keepAliveTimeout = 600_000;
  await new Promise<void>((resolve, reject) => server.once('error', reject).listen(at.port, at.host, resolve));
  return server;
}

export function urlOf(server: Server): string {
  const { address, port, family } = server.address() as AddressInfo;
  return `http://${family === 'IPv6' ? `[${address}]` : address}:${port}`;
}

async function answer(
  api: Api,
  log: (request: LoggedRequest) => void,
  request: IncomingMessage,
  response: ServerResponse,
): Promise<void> {
  const incoming = await readIncoming(request, api.site.url());
  const { method, url } = incoming;
  const path = url.pathname;
  // The page of the faults has the same address as their control: a browser asks for HTML.
  const asksForPage =
    (incoming.headers.accept ?? '').includes('text/html') || (incoming.headers['content-type'] ?? '').includes('form');
  const control = asksForPage ? undefined : await answerControl(api, incoming);
  if (control !== undefined) return send(response, method, control);
  if (!isApi(path)) return send(response, method, await page(api, incoming));

  const sender = senderOf(api, incoming);
  const by = sender.kind === 'user' ? 'user' : sender.kind === 'anonymous' ? 'nobody' : 'app';
  const facts = { method, path, by, write: isWrite(incoming) } as const;
  const instead = await beforePerforming(api.faults.before(facts), api.wallClock);
  if (instead === 'reset') return void request.socket.destroy();
  const outgoing = instead ?? (await answerApi(api, incoming));
  log({ ...facts, status: outgoing.status });
  if (instead === undefined && api.faults.after(facts)) return void request.socket.destroy();
  send(response, method, outgoing);
}

async function page(api: Api, { method, url, headers, body }: Incoming): Promise<Outgoing> {
  const show = () =>
    servePage(
      api.site,
      { courier: api.courier, faults: api.faults },
      { method, path: url.pathname, query: url.searchParams, headers, form: new URLSearchParams(body) },
    );
  return method === 'GET' ? show() : api.site.exclusive(show);
}

function send(response: ServerResponse, method: string, { status, headers, body }: Outgoing): void {
  response.writeHead(status, { ...headers, 'Content-Length': String(Buffer.byteLength(body)) });
  response.end(method === 'HEAD' || status === 204 || status === 304 ? undefined : body);
}
