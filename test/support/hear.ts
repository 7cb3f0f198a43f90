import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import type { Sandbox } from '../../src/sandbox/index.ts';
import { keysOfEvent } from '../../src/server/keys-of-event.ts';
import { keyText } from '../../src/workflow/key.ts';

/** Where the sandbox sends its webhooks to, from now on. */
export interface Ear {
  /** The keys of everything that was heard since the last time, as the server would queue them: each once. */
  keys(): Promise<readonly string[]>;
  close(): Promise<void>;
}

/** Hears the webhooks of a sandbox's only App over HTTP. */
export async function hear(sandbox: Sandbox, bot: string): Promise<Ear> {
  const heard: (readonly [event: string, payload: unknown])[] = [];
  const server = createServer(async (request, response) => {
    const parts: Buffer[] = [];
    for await (const part of request) parts.push(part as Buffer);
    heard.push([String(request.headers['x-github-event']), JSON.parse(Buffer.concat(parts).toString('utf8'))]);
    response.end();
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const { port } = server.address() as AddressInfo;
  for (const app of sandbox.site.world.apps.values()) app.webhookUrl = `http://127.0.0.1:${port}/`;
  return {
    async keys() {
      await sandbox.idle();
      return [
        ...new Set(
          heard.splice(0).flatMap(([event, payload]) => keysOfEvent(event, payload, bot).map((key) => keyText(key))),
        ),
      ];
    },
    close: () => new Promise((resolve) => server.close(() => resolve())),
  };
}
