import { readFile } from 'node:fs/promises';
import { createRequire } from 'node:module';
import { fileURLToPath } from 'node:url';
import type { PageReply } from './page.ts';

const require = createRequire(import.meta.url);

function own(name: string): string {
  return fileURLToPath(new URL(`./assets/${name}`, import.meta.url));
}

const css = 'text/css; charset=utf-8';
const script = 'text/javascript; charset=utf-8';

/** Every file that a page loads: GitHub's own style sheets, the drawing of diagrams, and two small files of ours. */
const files: Readonly<Record<string, readonly [type: string, path: () => string]>> = {
  'sizes.css': [css, () => require.resolve('@primer/css/dist/primitives.css')],
  'light.css': [css, () => require.resolve('@primer/primitives/dist/css/functional/themes/light.css')],
  'dark.css': [css, () => require.resolve('@primer/primitives/dist/css/functional/themes/dark.css')],
  'core.css': [css, () => require.resolve('@primer/css/dist/core.css')],
  'markdown.css': [css, () => require.resolve('@primer/css/dist/markdown.css')],
  'pages.css': [css, () => own('pages.css')],
  'pages.js': [script, () => own('pages.js')],
  'diagram.js': [script, () => own('diagram.js')],
  'mermaid.js': [script, () => require.resolve('@mermaid-js/tiny/dist/mermaid.tiny.js')],
};

/** One file by name; `null` when there is none of that name. */
export async function asset(name: string): Promise<PageReply | null> {
  if (!Object.hasOwn(files, name)) return null;
  const [type, path] = files[name] ?? ['', () => ''];
  return {
    status: 200,
    headers: {
      'Content-Type': type,
      'Cache-Control': 'max-age=300',
      'X-Content-Type-Options': 'nosniff',
      // The frame that draws diagrams has no origin of its own to share with us.
      'Cross-Origin-Resource-Policy': 'cross-origin',
    },
    body: await readFile(path()),
  };
}

/** Style sheets in the order in which they apply. */
export const styleSheets = ['sizes.css', 'light.css', 'dark.css', 'core.css', 'markdown.css', 'pages.css'] as const;
