import { html } from '../html.ts';
import type { Screen, Visit } from '../page.ts';
import { live } from '../parts/live.ts';
import { blank, button } from '../parts/small.ts';

/** The faults that are in force, and how to set the usual ones. */
export function faultsScreen(visit: Visit): Screen {
  const set = visit.services.faults.list();
  const parts = set.map(({ id, fault, seen }) => {
    const { kind, ...details } = fault;
    return {
      key: String(id),
      body: html`<div class="Box-row d-flex flex-wrap flex-items-center"><div class="flex-auto"><strong>${kind}</strong> <span class="text-mono f6">${JSON.stringify(details)}</span> <span class="color-fg-muted">met ${seen} times</span></div>${button(`/_sandbox/faults/${id}/remove`, 'Remove')}</div>`,
    };
  });
  const usual = (words: string, fault: string) =>
    html`<li class="mb-1">${button('/_sandbox/faults', words, { hidden: { fault } })}</li>`;
  return {
    title: 'Faults',
    body: html`<h1 class="f3 mb-3">Faults</h1><p>What goes wrong on purpose, so that you can see how an App takes it.</p>
${set.length > 0 ? live('faults', parts, 'Box mb-3') : blank('Nothing goes wrong at the moment.')}
${set.length > 0 ? button('/_sandbox/faults/clear', 'Remove all', { kind: 'btn-danger' }) : ''}
<h2 class="f4 mt-4 mb-2">Set a fault</h2><ul class="list-style-none">
${usual('Answer the App 300 ms later', 'latency')}${usual('Fail the App’s next five requests with 502', 'status')}${usual('Break the App’s next connection', 'reset')}${usual('Secondary limit for the App’s next write, 5 s', 'secondary-limit')}${usual('Drop the next delivery', 'drop')}${usual('Deliver everything twice', 'double')}${usual('Swap each delivery with the next', 'reorder')}</ul>`,
  };
}
