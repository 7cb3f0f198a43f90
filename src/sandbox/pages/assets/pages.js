// Makes the pages pleasanter; everything works without it. Loaded as a module, so it runs when the document is there.
const refreshEvery = 2000;
document.documentElement.classList.add('scripted');

for (const select of document.querySelectorAll('select[data-submit]'))
  select.addEventListener('change', () => select.form.requestSubmit());

// A line number fills the form below its file.
document.addEventListener('click', (event) => {
  const pick = event.target.closest?.('.line-pick');
  if (!pick) return;
  const details = pick.closest('.file')?.querySelector('details.line-comment');
  if (!details) return;
  details.open = true;
  details.querySelector('[name=line]').value = pick.dataset.line;
  details.querySelector('[name=side]').value = pick.dataset.side;
  details.querySelector('textarea').focus();
});

// Ctrl+Enter sends, as on GitHub.
document.addEventListener('keydown', (event) => {
  if (event.key === 'Enter' && (event.ctrlKey || event.metaKey) && event.target.form) event.target.form.requestSubmit();
});

function isTouched(element) {
  if (element.contains(document.activeElement) && document.activeElement !== document.body) return true;
  for (const control of element.querySelectorAll('textarea, input:not([type=hidden]), select')) {
    if (control.matches('[type=checkbox], [type=radio]') && control.checked !== control.defaultChecked) return true;
    if (control.matches('textarea, input') && control.value !== control.defaultValue) return true;
  }
  return false;
}

const key = (element) => element.dataset.key ?? '';

// Each part of a live region has a key. A part that somebody is typing in stays as it is; everything else is brought up to
// date, and what was unfolded stays unfolded. Tells whether something was left as it is.
function refreshRegion(old, fresh) {
  const known = new Map([...old.children].map((child) => [key(child), child]));
  let behind = null;
  let left = false;
  for (const next of [...fresh.children]) {
    const before = known.get(key(next));
    known.delete(key(next));
    let shown = before;
    if (!before) shown = document.importNode(next, true);
    else if (before.dataset.digest !== next.dataset.digest && isTouched(before)) left = true;
    else if (before.dataset.digest !== next.dataset.digest) {
      shown = document.importNode(next, true);
      const open = [...before.querySelectorAll('details')].map((details) => details.open);
      const same = shown.querySelectorAll('details');
      if (same.length === open.length)
        same.forEach((details, at) => {
          details.open = open[at];
        });
      before.replaceWith(shown);
    }
    if (behind ? behind.nextElementSibling !== shown : old.firstElementChild !== shown)
      behind ? behind.after(shown) : old.prepend(shown);
    if (shown !== before) draw(shown);
    behind = shown;
  }
  for (const gone of known.values()) {
    if (isTouched(gone)) left = true;
    else gone.remove();
  }
  return left;
}

let etag = null;
async function refresh() {
  if (document.hidden) return;
  const headers = etag ? { 'If-None-Match': etag } : {};
  const response = await fetch(location.href, { headers, cache: 'no-store' });
  if (response.status !== 200) return;
  etag = response.headers.get('etag');
  const text = await response.text();
  // The policy forbids style blocks that came later, even in a document that is only read, but not rules set from here:
  // so the colours of labels that were not on the page before are taken out of the text.
  const block = /<style>([^<]*)<\/style>/.exec(text);
  const { sheet } = document.querySelector('style');
  const known = new Set([...sheet.cssRules].map((rule) => rule.selectorText));
  for (const [rule, selector] of (block?.[1] ?? '').matchAll(/(\.label-[0-9a-f]{6})\{[^}]*\}/g))
    if (!known.has(selector)) sheet.insertRule(rule);
  const fresh = new DOMParser().parseFromString(text.replace(block?.[0] ?? '', ''), 'text/html');
  for (const region of document.querySelectorAll('[data-live]')) {
    const next = fresh.querySelector(`[data-live="${region.dataset.live}"]`);
    // What was left alone is asked for again, until nobody types in it any more.
    if (next && refreshRegion(region, next)) etag = null;
  }
}
if (document.querySelector('[data-live]'))
  setInterval(
    () =>
      refresh().catch(() => {
        /* The sandbox is gone or restarting; the next round tells. */
      }),
    refreshEvery,
  );

// Diagrams are drawn in a frame without rights; when that fails, their source stays where it is.
const frames = new Map();
function draw(root) {
  for (const source of root.querySelectorAll('pre.diagram')) {
    if (source.dataset.drawn) continue;
    source.dataset.drawn = 'yes';
    const frame = document.createElement('iframe');
    frame.className = 'diagram-frame';
    frame.title = 'Diagram';
    frame.setAttribute('sandbox', 'allow-scripts');
    frame.height = 0;
    frame.src = '/_sandbox/diagram';
    source.before(frame);
    frames.set(frame, source);
  }
}
addEventListener('message', ({ source: sender, data }) => {
  const frame = [...frames.keys()].find((candidate) => candidate.contentWindow === sender);
  if (!frame || typeof data !== 'object' || data === null) return;
  const source = frames.get(frame);
  if (data.kind === 'ready') {
    const dark = matchMedia('(prefers-color-scheme: dark)').matches;
    frame.contentWindow.postMessage({ kind: 'draw', text: source.textContent, dark }, '*');
  }
  if (data.kind === 'drawn' && Number.isFinite(data.height)) {
    frame.height = Math.min(Math.max(data.height, 40), 1200);
    const details = document.createElement('details');
    details.className = 'diagram-source';
    const summary = document.createElement('summary');
    summary.textContent = 'Source of the diagram';
    source.replaceWith(details);
    details.append(summary, source);
  }
  if (data.kind === 'failed') frame.remove();
});
draw(document);
