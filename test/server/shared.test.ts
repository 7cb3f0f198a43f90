import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { markerCodec } from '../../src/messages/marker.ts';
import type { RunningServer } from '../../src/server/server.ts';
import { findPostgres, type Server, startPostgres } from '../support/postgres.ts';
import { anApp, keepStores, type TestApp, until } from './support/app.ts';

const found = findPostgres(process.env);

keepStores();

describe.skipIf(found.kind === 'none')(
  `several servers on one database${found.kind === 'none' ? ` (skipped: ${found.reason})` : ''}`,
  () => {
    const at = { owner: 'acme', repo: 'shop' } as const;
    let postgres: Server;
    let app: TestApp;
    const servers: RunningServer[] = [];

    beforeAll(async () => {
      if (found.kind === 'none') return;
      postgres = await startPostgres(found);
      app = await anApp();
      const databaseUrl = await postgres.database();
      const both = { databaseUrl, concurrency: 1 };
      servers.push(await app.start({ ...both, role: 'worker' }), await app.start({ ...both, role: 'worker' }));
      // The last one to start is the one that webhooks go to.
      servers.push(await app.start({ ...both, role: 'web' }));
    });
    afterAll(async () => {
      await Promise.all(servers.map((server) => server.stop()));
      await app.close();
      await postgres.stop();
    });

    it('share the work, and do each piece of it once', async () => {
      app.sandbox.faults.add({ kind: 'latency', ms: 30, match: { by: 'app' } });
      const numbers: number[] = [];
      for (let n = 0; n < 6; n += 1) {
        const title = `Add note_${n} to orders`;
        const body = `Add column \`note_${n}\` of type text to table \`orders\`.`;
        const { data } = await app.as('alice').issues.create({ ...at, title, body, labels: ['database'] });
        numbers.push(data.number);
      }
      await app.sandbox.idle();
      const said = async (issue_number: number) => {
        const { data } = await app.as('alice').issues.listComments({ ...at, issue_number });
        return data.map(({ body }) => body ?? '');
      };
      await until(async () => (await Promise.all(numbers.map(said))).every((texts) => texts.length > 0));
      await until(async () => (await servers[0]?.pending()) === 0);
      const codec = markerCodec(app.settings.webhookSecret);
      for (const number of numbers) {
        const posts = (await said(number)).flatMap((text) => codec.read(text, `acme/shop#${number}`));
        const ids = posts.map(({ payload }) => (payload as { id: string }).id);
        expect(ids.length).toBeGreaterThan(0);
        expect(ids).toEqual([...new Set(ids)]);
      }
      const passes = await Promise.all(servers.map(passesOf));
      expect(passes[0]).toBeGreaterThan(0);
      expect(passes[1]).toBeGreaterThan(0);
      expect(passes[2]).toBe(0);
    }, 120_000);
  },
);

/** How many passes a server has made, by its own account. */
async function passesOf({ url }: RunningServer): Promise<number> {
  const text = await (await fetch(`${url}/metrics`)).text();
  return Number(/^database_lead_job_seconds_count\{queue="pass",outcome="ok"\} (\d+)/m.exec(text)?.[1] ?? 0);
}
