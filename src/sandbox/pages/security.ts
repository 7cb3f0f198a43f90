import { createHash } from 'node:crypto';
import type { PageRequest } from './page.ts';

const common = {
  'X-Content-Type-Options': 'nosniff',
  'Referrer-Policy': 'same-origin',
  'Cross-Origin-Opener-Policy': 'same-origin',
} as const;

/** Headers of a page: nothing but our own files runs or is loaded, and only the one style block that we wrote applies. */
export function pageHeaders(style: string): Readonly<Record<string, string>> {
  const hash = createHash('sha256').update(style).digest('base64');
  const policy = [
    "default-src 'none'",
    "script-src 'self'",
    `style-src 'self' 'sha256-${hash}'`,
    "img-src 'self' data:",
    "connect-src 'self'",
    "frame-src 'self'",
    "form-action 'self'",
    "base-uri 'none'",
    "frame-ancestors 'none'",
  ];
  return { ...common, 'Content-Security-Policy': policy.join('; '), 'X-Frame-Options': 'DENY' };
}

/**
 * Headers of the frame in which diagrams are drawn. Mermaid writes styles, which the pages forbid; the frame has an origin
 * of its own, so that a hostile diagram which broke out of mermaid's own checks would still reach nothing.
 */
export const frameHeaders: Readonly<Record<string, string>> = {
  ...common,
  'Content-Security-Policy': [
    'sandbox allow-scripts',
    "default-src 'none'",
    "script-src 'self'",
    "style-src 'self' 'unsafe-inline'",
    'img-src data:',
    'font-src data:',
    "base-uri 'none'",
    "frame-ancestors 'self'",
  ].join('; '),
};

function hostOf(url: string | undefined): string | null {
  try {
    return url ? new URL(url).host : null;
  } catch {
    return null;
  }
}

function isLoopback(host: string): boolean {
  return /^(localhost|127\.0\.0\.1|\[::1\])(:\d+)?$/.test(host);
}

/**
 * Whether a form was sent from one of our own pages. Browsers say where a POST comes from in `Origin`; a site that another
 * name leads to (DNS rebinding) names itself there and in `Host`, so the name must be ours as well.
 *
 * @param home the sandbox's own address.
 */
export function isOwnForm(request: PageRequest, home: string): boolean {
  const { host = '', origin } = request.headers;
  if (!isLoopback(host) && host !== hostOf(home)) return false;
  return hostOf(origin) === host;
}
