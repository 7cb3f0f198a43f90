// Runs in a frame without an origin: it is told a diagram's text, draws it, and tells how high it became.
addEventListener('message', async ({ source, data }) => {
  if (source !== parent || data?.kind !== 'draw' || typeof data.text !== 'string') return;
  try {
    globalThis.mermaid.initialize({
      startOnLoad: false,
      securityLevel: 'strict',
      theme: data.dark ? 'dark' : 'default',
    });
    const { svg } = await globalThis.mermaid.render('diagram', data.text);
    const target = document.getElementById('target');
    target.innerHTML = svg;
    parent.postMessage({ kind: 'drawn', height: Math.ceil(target.getBoundingClientRect().height) + 16 }, '*');
  } catch {
    parent.postMessage({ kind: 'failed' }, '*');
  }
});
parent.postMessage({ kind: 'ready' }, '*');
