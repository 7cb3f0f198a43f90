import { notFound } from '../../refusal.ts';
import type { Delivery } from '../../state/delivery.ts';
import { type Html, html } from '../html.ts';
import { param, type Screen, type Visit } from '../page.ts';
import { live } from '../parts/live.ts';
import { blank, button, when } from '../parts/small.ts';

/** Attempts that the log shows. */
const size = 100;

function mark({ statusCode, status }: Delivery): Html {
  const good = statusCode >= 200 && statusCode < 300;
  return html`<span class="Label ${good ? 'Label--success' : 'Label--danger'}">${statusCode} ${status}</span>`;
}

function row(delivery: Delivery): Html {
  return html`<div class="Box-row"><a class="text-mono" href="/_sandbox/deliveries/${delivery.id}">${delivery.guid}</a> <strong>${delivery.event}${delivery.action ? `.${delivery.action}` : ''}</strong> ${mark(delivery)} ${delivery.redelivery ? html`<span class="Label">redelivery</span>` : ''} <span class="color-fg-muted f6">${when(delivery.deliveredAt)}, ${delivery.duration} s</span></div>`;
}

/** The attempts to deliver webhooks, newest first. */
export function deliveriesScreen(visit: Visit): Screen {
  const newest = visit.site.world.deliveries.slice(-size).reverse();
  return {
    title: 'Deliveries',
    body: html`<h1 class="f3 mb-3">Deliveries</h1><p class="color-fg-muted">${visit.site.world.deliveries.length} attempts${visit.site.world.deliveries.length > size ? `, the newest ${size} of them shown` : ''}.</p>
${
  newest.length > 0
    ? live(
        'deliveries',
        newest.map((delivery) => ({ key: String(delivery.id), body: row(delivery) })),
        'Box',
      )
    : blank('No webhook was sent yet: no App is installed, or nothing has happened.')
}`,
  };
}

function headers(of: Readonly<Record<string, string>>): string {
  return Object.entries(of)
    .map(([name, value]) => `${name}: ${value}`)
    .join('\n');
}

function pretty(text: string): string {
  try {
    return JSON.stringify(JSON.parse(text), null, 2);
  } catch {
    return text;
  }
}

/** One attempt: what was sent, and what came back. */
export function deliveryScreen(visit: Visit): Screen {
  const delivery = visit.site.world.deliveries.find(({ id }) => id === Number(param(visit, 'id')));
  if (!delivery) throw notFound();
  return {
    title: `Delivery ${delivery.guid}`,
    body: html`<h1 class="f3 mb-3">${delivery.event}${delivery.action ? `.${delivery.action}` : ''}</h1>
<p>${mark(delivery)} to <span class="text-mono">${delivery.url}</span> ${when(delivery.deliveredAt)} ${button(`/_sandbox/deliveries/${delivery.id}`, 'Redeliver')}</p>
<h2 class="f4">Request</h2><pre class="plain">${headers(delivery.requestHeaders)}</pre><pre class="plain">${pretty(delivery.requestBody)}</pre>
<h2 class="f4">Response</h2><pre class="plain">${headers(delivery.responseHeaders)}</pre><pre class="plain">${delivery.responseBody || '(empty)'}</pre>`,
  };
}
