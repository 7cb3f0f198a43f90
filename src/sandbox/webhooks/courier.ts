import { createHash, createHmac } from 'node:crypto';
import { setTimeout as sleep } from 'node:timers/promises';
import { versionHeaders } from '../enterprise.ts';
import type { FaultBoard } from '../faults/faults.ts';
import type { App } from '../state/accounts.ts';
import type { Delivery } from '../state/delivery.ts';
import { nextId } from '../state/ids.ts';
import type { World } from '../state/world.ts';

/** GitHub.com gives an App this long to answer, and an Enterprise Server, in milliseconds (GITHUB.md section 3). */
const patience = { cloud: 10_000, server: 30_000 } as const;
/** How long a delivery that is to be overtaken waits for another one, in milliseconds. */
const overtakingTime = 100;
/** A larger event is not sent at all. */
const largestPayload = 25 * 1024 * 1024;

/** A payload on its way to one App. */
export interface Parcel {
  readonly app: App;
  readonly guid: string;
  readonly event: string;
  readonly action: string | null;
  readonly installationId: number | null;
  readonly repositoryId: number | null;
  readonly body: string;
  readonly redelivery: boolean;
}

export interface Courier {
  readonly send: (parcel: Parcel) => void;
  /** Resolves when nothing is waiting or under way. */
  readonly idle: () => Promise<void>;
  /** Forgets what is waiting and gives up what is under way. */
  readonly drop: () => void;
}

/** `sha256=` and the hex HMAC-SHA256 of a body, as in `X-Hub-Signature-256`. */
export function sign(secret: string, body: string): string {
  return `sha256=${createHmac('sha256', secret).update(body).digest('hex')}`;
}

/** The next delivery id: a UUID by form, counted rather than drawn, so that a replayed story has the same ones. */
export function nextGuid(world: World): string {
  const hex = createHash('sha256')
    .update(`delivery ${nextId(world, 'Guid')}`)
    .digest('hex');
  return `${hex.slice(0, 8)}-${hex.slice(8, 12)}-11f0-8${hex.slice(13, 16)}-${hex.slice(16, 28)}`;
}

/** Delivers parcels, to each App one after the other, and logs every attempt in the world. */
export function createCourier(
  world: () => World,
  { now, url, faults }: { readonly now: () => string; readonly url: () => string; readonly faults: FaultBoard },
): Courier {
  const queues = new Map<number, Parcel[]>();
  const working = new Set<Promise<void>>();
  let giveUp = new AbortController();

  async function attempt(parcel: Parcel, stop: AbortSignal): Promise<void> {
    const { app, body } = parcel;
    const { server } = world();
    const { webhookUrl } = app;
    if (!webhookUrl) return;
    const requestHeaders = {
      Accept: '*/*',
      'Content-Type': 'application/json',
      'User-Agent': 'GitHub-Hookshot/sandbox',
      'X-GitHub-Delivery': parcel.guid,
      'X-GitHub-Event': parcel.event,
      'X-GitHub-Hook-ID': String(app.id),
      'X-GitHub-Hook-Installation-Target-ID': String(app.id),
      'X-GitHub-Hook-Installation-Target-Type': 'integration',
      'X-Hub-Signature-256': sign(app.webhookSecret, body),
      ...versionHeaders(server),
      ...(server === null ? {} : { 'X-GitHub-Enterprise-Host': new URL(url()).host }),
    };
    const began = performance.now();
    const outcome = await post(webhookUrl, requestHeaders, body, [
      stop,
      AbortSignal.timeout(server === null ? patience.cloud : patience.server),
    ]);
    if (stop.aborted) return;
    const { app: _, body: __, ...facts } = parcel;
    const delivery: Delivery = {
      id: nextId(world(), 'Delivery'),
      ...facts,
      appId: app.id,
      deliveredAt: now(),
      duration: Math.round(performance.now() - began) / 1000,
      url: webhookUrl,
      requestHeaders,
      requestBody: body,
      ...outcome,
    };
    world().deliveries.push(delivery);
  }

  async function work(appId: number, queue: Parcel[], stop: AbortSignal): Promise<void> {
    let held: Parcel | null = null;
    while (!stop.aborted) {
      const parcel = queue.shift();
      if (!parcel) {
        if (!held) break;
        // Nothing came in time to overtake it.
        const late: Parcel = held;
        held = null;
        await attempt(late, stop);
        continue;
      }
      const fault = parcel.redelivery ? null : faults.delivery(parcel.event);
      if (fault?.what === 'drop') continue;
      if (fault?.what === 'reorder' && !held) {
        held = parcel;
        await somethingIn(queue, fault.ms ?? overtakingTime, stop);
        continue;
      }
      if (fault?.what === 'delay') await sleep(fault.ms ?? 0, undefined, { signal: stop }).catch(() => {});
      await attempt(parcel, stop);
      if (fault?.what === 'double') await attempt(parcel, stop);
      if (held) await attempt(held, stop);
      held = null;
    }
    // At once, before anybody else can put something into a queue that nobody works on any more.
    if (queues.get(appId) === queue) queues.delete(appId);
  }

  return {
    send(parcel) {
      if (Buffer.byteLength(parcel.body) > largestPayload) return;
      const waiting = queues.get(parcel.app.id);
      if (waiting) {
        waiting.push(parcel);
        return;
      }
      const queue = [parcel];
      queues.set(parcel.app.id, queue);
      const stop = giveUp.signal;
      const job = sleep(0)
        .then(() => work(parcel.app.id, queue, stop))
        .finally(() => working.delete(job));
      working.add(job);
    },
    async idle() {
      while (working.size > 0) await Promise.all(working);
    },
    drop() {
      giveUp.abort();
      giveUp = new AbortController();
      for (const queue of queues.values()) queue.length = 0;
      queues.clear();
    },
  };
}

/** Waits until a queue has something in it, or for so many milliseconds. */
async function somethingIn(queue: readonly Parcel[], ms: number, stop: AbortSignal): Promise<void> {
  const end = performance.now() + ms;
  while (queue.length === 0 && performance.now() < end && !stop.aborted) await sleep(2);
}

async function post(url: string, headers: Record<string, string>, body: string, ends: AbortSignal[]) {
  try {
    const signal = AbortSignal.any(ends);
    const response = await fetch(url, { method: 'POST', headers, body, signal, redirect: 'manual' });
    const responseBody = await response.text();
    return {
      status: response.ok ? 'OK' : `Invalid HTTP Response: ${response.status}`,
      statusCode: response.status,
      responseHeaders: Object.fromEntries(response.headers),
      responseBody,
    };
  } catch (error) {
    const late = error instanceof Error && error.name === 'TimeoutError';
    return {
      status: late ? 'timed out' : 'failed to connect to host',
      statusCode: late ? 504 : 502,
      responseHeaders: {},
      responseBody: '',
    };
  }
}
