import type { IncomingMessage } from 'node:http';
import { Refusal } from '../refusal.ts';

/** Above this GitHub does not read on, in bytes. */
const largest = 60 * 1024 * 1024;

/** One HTTP request, read whole. */
export interface Incoming {
  readonly method: string;
  readonly url: URL;
  readonly headers: Readonly<Record<string, string | undefined>>;
  readonly body: string;
}

export async function readIncoming(request: IncomingMessage, origin: string): Promise<Incoming> {
  const chunks: Uint8Array[] = [];
  let size = 0;
  for await (const chunk of request) {
    size += (chunk as Uint8Array).length;
    if (size > largest) throw new Refusal(413, 'Payload too big');
    chunks.push(chunk as Uint8Array);
  }
  const headers = Object.fromEntries(
    Object.entries(request.headers).map(([name, value]) => [name, Array.isArray(value) ? value.join(', ') : value]),
  );
  return {
    method: request.method ?? 'GET',
    url: addressOf(request.url ?? '/', origin),
    headers,
    body: Buffer.concat(chunks).toString('utf8'),
  };
}

/** A path that begins with two slashes is a path, not another host. */
function addressOf(target: string, origin: string): URL {
  const address = URL.parse(target.startsWith('/') ? origin + target : target, origin);
  if (address === null) throw new Refusal(400, 'Bad Request');
  return address;
}

/** Half a character, which JSON can spell and UTF-8 cannot. */
function wellFormed(_name: string, value: unknown): unknown {
  return typeof value === 'string' ? value.toWellFormed() : value;
}

/** The JSON of a body; an empty one is an empty object. Throws GitHub's 400 for anything else. */
export function jsonOf(body: string): Readonly<Record<string, unknown>> | readonly unknown[] {
  if (body.trim() === '') return {};
  try {
    const value: unknown = /\\ud/i.test(body) ? JSON.parse(body, wellFormed) : JSON.parse(body);
    if (typeof value === 'object' && value !== null) return value as Readonly<Record<string, unknown>>;
  } catch {
    // Answered below.
  }
  throw new Refusal(400, 'Problems parsing JSON');
}
