import { createHash } from 'node:crypto';
import type { PageReply } from './page.ts';

/** A picture for an account: a symmetrical pattern that follows from its id, as GitHub draws for people without a photo. */
export function avatarPicture(id: string): PageReply {
  const bytes = createHash('sha256').update(id).digest();
  const squares: string[] = [];
  for (let at = 0; at < 15; at += 1) {
    if ((bytes[at] ?? 0) % 2 === 0) continue;
    const [column, row] = [Math.floor(at / 5), at % 5];
    for (const x of new Set([column, 4 - column]))
      squares.push(`<rect x="${x + 0.5}" y="${row + 0.5}" width="1.02" height="1.02"/>`);
  }
  const hue = Math.round(((bytes[15] ?? 0) / 255) * 360);
  const svg = `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 6 6"><rect width="6" height="6" fill="#f0f0f0"/><g fill="hsl(${hue} 45% 50%)">${squares.join('')}</g></svg>`;
  return {
    status: 200,
    headers: {
      'Content-Type': 'image/svg+xml',
      'Cache-Control': 'max-age=86400',
      'Content-Security-Policy': "default-src 'none'",
      'X-Content-Type-Options': 'nosniff',
    },
    body: svg,
  };
}
