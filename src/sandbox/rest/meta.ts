import { ok, on } from './call.ts';

const kinds = ['core', 'search', 'graphql', 'integration_manifest', 'code_scanning_upload'] as const;

export const metaRoutes = [
  on('GET', '/', (call) =>
    ok({ current_user_url: `${call.address}user`, rate_limit_url: `${call.address}rate_limit` }),
  ),
  on('GET', '/meta', () =>
    ok({ verifiable_password_authentication: false, hooks: ['127.0.0.1/32', '::1/128'], installed_version: '3.19.0' }),
  ),
  on('GET', '/rate_limit', (call) => {
    const { limit, used, reset } = call.services.allowance(call.actor);
    const core = { limit, used, remaining: Math.max(0, limit - used), reset };
    const resources = Object.fromEntries(kinds.map((kind) => [kind, core]));
    // `rate` went with version 2026-03-10.
    return ok(call.apiVersion === '2022-11-28' ? { resources, rate: core } : { resources });
  }),
  on('GET', '/zen', () => ({ status: 200, body: 'Practicality beats purity.', type: 'text/plain;charset=utf-8' })),
];
