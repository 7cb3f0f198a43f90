import type { Refusal } from '../refusal.ts';
import { html } from './html.ts';
import type { Screen, Visit } from './page.ts';

function explained(visit: Visit, refusal: Refusal): string {
  switch (refusal.status) {
    case 401:
      return 'Nobody is acting. Choose in the bar above on whose behalf you act.';
    case 403:
      return `${visit.login ?? 'This actor'} may not do that: ${refusal.message}`;
    case 404:
      return `There is nothing here, or nothing that ${visit.login ?? 'nobody'} may see.`;
    default:
      return refusal.message;
  }
}

/** A refusal in words. What was typed is not lost: the browser's way back still has it. */
export function refusedScreen(visit: Visit, refusal: Refusal): Screen {
  const details = refusal.errors.map((error) =>
    typeof error === 'string'
      ? error
      : (error.message ?? `${error.resource} ${error.field}: ${error.code.replaceAll('_', ' ')}`),
  );
  const title = refusal.status === 404 ? 'Not found' : 'Refused';
  return {
    title,
    status: refusal.status,
    body: html`<div class="flash flash-error" role="alert"><h1 class="f4">${title}</h1><p class="mb-0">${explained(visit, refusal)}</p>
${details.length > 0 ? html`<ul class="ml-4">${details.map((detail) => html`<li>${detail}</li>`)}</ul>` : ''}</div>
<p class="mt-3"><a href="${visit.request.path.split('/').slice(0, 3).join('/') || '/'}">Back to the repository</a></p>`,
  };
}
