import { codeSpan, escapeInline } from './escape.ts';

/**
 * A sentence in which names and SQL stand between backticks, as the tiers below write them: those parts become code, and all
 * the rest neutral text. A name may hold a backtick itself, so nothing in either part is trusted.
 */
export function sentence(text: string): string {
  const parts = text.split('`');
  // Backticks come in pairs; one that is left over is text.
  const paired = parts.length % 2 === 1 ? parts : [...parts.slice(0, -2), parts.slice(-2).join('`')];
  return paired.map((part, index) => (index % 2 === 1 ? codeSpan(part) : spaced(part))).join('');
}

/** Escaping trims, but between two names a space counts. */
function spaced(part: string): string {
  const words = escapeInline(part);
  if (words === '') return part === '' ? '' : ' ';
  return `${/^\s/.test(part) ? ' ' : ''}${words}${/\s$/.test(part) ? ' ' : ''}`;
}
