import { createHash } from 'node:crypto';
import { type Html, html } from '../html.ts';

/** A piece of a page that is brought up to date by itself. */
export interface Part {
  /** Tells it from its neighbours for as long as it is the same thing. */
  readonly key: string;
  readonly body: Html;
}

/** A region whose parts the page's script exchanges when they change, except for one that somebody is typing in. */
export function live(name: string, parts: readonly Part[], className = ''): Html {
  const shown = parts.map(({ key, body }) => {
    const digest = createHash('sha256').update(body.text).digest('base64url').slice(0, 12);
    return html`<div data-key="${key}" data-digest="${digest}">${body}</div>\n`;
  });
  return html`<div class="${className}" data-live="${name}">${shown}</div>`;
}
