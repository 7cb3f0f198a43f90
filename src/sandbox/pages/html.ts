/** Markup that is safe to send. Only `html` and `raw` make it, so that every text passes through `escapeText`. */
export interface Html {
  readonly kind: 'html';
  readonly text: string;
}

/** What a template may hold; nothing, `false` and `null` print as nothing. */
export type Piece = Html | string | number | boolean | null | undefined | readonly Piece[];

const entities: Readonly<Record<string, string>> = {
  '&': '&amp;',
  '<': '&lt;',
  '>': '&gt;',
  '"': '&quot;',
  "'": '&#39;',
};

export function escapeText(text: string): string {
  return text.replace(/[&<>"']/g, (sign) => entities[sign] ?? sign);
}

function print(piece: Piece): string {
  if (piece === null || piece === undefined || typeof piece === 'boolean') return '';
  if (typeof piece === 'string') return escapeText(piece);
  if (typeof piece === 'number') return String(piece);
  if ('kind' in piece) return piece.text;
  return piece.map(print).join('');
}

/** A template whose values are escaped. Attributes must be quoted. */
export function html(strings: TemplateStringsArray, ...values: readonly Piece[]): Html {
  let text = strings[0] ?? '';
  for (const [at, value] of values.entries()) text += print(value) + (strings[at + 1] ?? '');
  return { kind: 'html', text };
}

/** Markup that was made safe elsewhere: sanitized Markdown and our own drawings. */
export function raw(text: string): Html {
  return { kind: 'html', text };
}
