import { createHash, createHmac, timingSafeEqual } from 'node:crypto';

/** The SHA-256 of a text or of a value's canonical JSON, as 64 hexadecimal digits. */
export function digest(value: unknown): string {
  return createHash('sha256')
    .update(typeof value === 'string' ? value : canonicalJson(value))
    .digest('hex');
}

/** A short keyed signature (32 hexadecimal digits of HMAC-SHA-256) of `text`. */
export function sign(text: string, secret: string): string {
  return createHmac('sha256', secret).update(text).digest('hex').slice(0, 32);
}

/** Whether `signature` is what {@link sign} gives, compared in constant time. */
export function isSignedBy(text: string, signature: string, secret: string): boolean {
  const expected = Buffer.from(sign(text, secret));
  const actual = Buffer.from(signature);
  return expected.length === actual.length && timingSafeEqual(expected, actual);
}

/** JSON with object keys in order, so that equal values have equal texts. `undefined` members are left out. */
export function canonicalJson(value: unknown): string {
  return JSON.stringify(value, (_key, member: unknown) =>
    member !== null && typeof member === 'object' && !Array.isArray(member)
      ? Object.fromEntries(Object.entries(member).sort(([a], [b]) => (a < b ? -1 : a > b ? 1 : 0)))
      : member,
  );
}
