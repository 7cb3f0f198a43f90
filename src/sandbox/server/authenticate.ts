import { verify } from 'node:crypto';
import { reaches } from '../operations/access.ts';
import { Refusal } from '../refusal.ts';
import type { Actor } from '../site.ts';
import type { Permissions } from '../state/accounts.ts';
import { findAccount } from '../state/find.ts';
import type { World } from '../state/world.ts';

/** Tokens of people are their login behind this word: the sandbox has no secrets worth keeping. */
const personal = 'user:';
/** GitHub's longest life of a JWT, and how far clocks may differ, in seconds. */
const jwt = { longest: 600, drift: 60 } as const;

/** The token with which a person calls the API: classic, or, with permissions, a fine-grained one. */
export function tokenOf(login: string, permissions?: Permissions): string {
  return personal + login + (permissions === undefined ? '' : `?${new URLSearchParams(permissions)}`);
}

function personOf(world: World, token: string): Actor | undefined {
  const [login = '', narrowed] = token.slice(personal.length).split('?', 2);
  const account = findAccount(world, login);
  if (account?.type !== 'User') return undefined;
  const permissions = narrowed === undefined ? {} : { permissions: Object.fromEntries(new URLSearchParams(narrowed)) };
  return { kind: 'user', login: account.login, ...(permissions as { permissions?: Permissions }) };
}

function decode(part: string | undefined): Record<string, unknown> {
  const value: unknown = JSON.parse(Buffer.from(part ?? '', 'base64url').toString('utf8'));
  return typeof value === 'object' && value !== null ? (value as Record<string, unknown>) : {};
}

function appOf(world: World, token: string, wallClock: number): Actor {
  const undecodable = new Refusal(401, 'A JSON web token could not be decoded');
  const [head, claims, signature] = token.split('.');
  let issuer: unknown;
  let times: { iat: unknown; exp: unknown };
  try {
    if (decode(head).alg !== 'RS256') throw undecodable;
    const { iss, iat, exp } = decode(claims);
    [issuer, times] = [iss, { iat, exp }];
  } catch {
    throw undecodable;
  }
  const app = [...world.apps.values()].find(({ id, clientId }) => String(id) === String(issuer) || clientId === issuer);
  if (!app) throw new Refusal(404, 'Integration not found');
  const signed = Buffer.from(`${head}.${claims}`);
  if (!verify('RSA-SHA256', signed, app.publicKey, Buffer.from(signature ?? '', 'base64url'))) throw undecodable;
  const now = Math.floor(wallClock / 1000);
  const { iat, exp } = times;
  if (typeof exp !== 'number' || exp < now)
    throw new Refusal(
      401,
      "'Expiration time' claim ('exp') must be a numeric value representing the future time at which the assertion expires",
    );
  if (typeof iat !== 'number' || iat > now + jwt.drift)
    throw new Refusal(
      401,
      "'Issued at' claim ('iat') must be an Integer representing the time that the assertion was issued",
    );
  if (exp > now + jwt.longest + jwt.drift)
    throw new Refusal(401, "'Expiration time' claim ('exp') is too far in the future");
  return { kind: 'app', appId: app.id };
}

/**
 * Who sends a request, by its `Authorization` header: `token user:alice`, an installation's token, or an App's JWT.
 *
 * @param forbidden permissions that no installation has for now.
 * @param wallClock milliseconds. Credentials live by the wall clock, because the clients that cache them do.
 */
export function authenticate(
  world: World,
  header: string | undefined,
  forbidden: readonly string[],
  wallClock: number,
): Actor {
  if (!header) return { kind: 'anonymous' };
  const [scheme, given = ''] = header.trim().split(/\s+/, 2);
  const token = /^basic$/i.test(scheme ?? '')
    ? Buffer.from(given, 'base64')
        .toString('utf8')
        .replace(/^[^:]*:/, '')
    : given;
  if (token.startsWith(personal)) {
    const person = personOf(world, token);
    if (person !== undefined) return person;
  }
  const held = world.tokens.get(token);
  const installation = held && world.installations.get(held.installationId);
  if (held && installation && held.expiresAt > wallClock) {
    // A token never does more than its installation may by now.
    const permissions = Object.fromEntries(
      Object.entries(held.permissions).flatMap(([name, level]) => {
        if (forbidden.includes(name)) return [];
        if (reaches(installation.permissions, name, level)) return [[name, level]];
        const left = installation.permissions[name];
        return left === undefined ? [] : [[name, left]];
      }),
    );
    const { installationId, repositoryIds } = held;
    return { kind: 'installation', appId: installation.appId, installationId, permissions, repositoryIds, token };
  }
  if (token.split('.').length === 3) return appOf(world, token, wallClock);
  throw new Refusal(401, 'Bad credentials');
}
