import { describe, expect, it } from 'vitest';
import { renderMarkdown } from '../../../src/sandbox/pages/markdown.ts';

function render(text: string, replaced?: readonly string[]): string {
  return renderMarkdown(text, {
    home: '/acme/shop',
    knows: (login) => login === 'alice' || login === 'lead[bot]',
    replaced,
  }).text.trim();
}

describe('Markdown', () => {
  it.each([
    ['a table', '| a |\n| - |\n| 1 |', /<table>\s*<thead>\s*<tr>\s*<th>a<\/th>/],
    ['what is struck out', '~~old~~', '<p><s>old</s></p>'],
    [
      'a bare address',
      'see https://example.com/x',
      /<a href="https:\/\/example.com\/x" rel="nofollow noopener noreferrer">/,
    ],
    ['breaks of lines', 'one\ntwo', '<p>one<br />\ntwo</p>'],
    [
      'a task to do',
      '- [ ] write it',
      /<ul class="contains-task-list">\s*<li class="task-list-item"><input type="checkbox" disabled="disabled" aria-label="to do" \/> write it<\/li>/,
    ],
    ['a task done', '1. [x] written', /checked="checked"|checked=""|checked/],
    ['an issue', 'see #12.', '<p>see <a href="/acme/shop/issues/12" rel="nofollow noopener noreferrer">#12</a>.</p>'],
    ['an issue elsewhere', 'acme/other#3', /href="\/acme\/other\/issues\/3"/],
    ['somebody', 'ask @alice', /<a href="\/alice" class="mention"[^>]*>@alice<\/a>/],
    ['an App', 'ask @lead[bot]', /<a href="\/lead\[bot\]"|<a href="\/lead%5Bbot%5D"/],
    [
      'nobody known',
      'ask @mallory or a@alice.example',
      '<p>ask @mallory or <a href="mailto:a@alice.example" rel="nofollow noopener noreferrer">a@alice.example</a></p>',
    ],
    ['code that mentions', '`#12 @alice`', '<p><code>#12 @alice</code></p>'],
    ['a link that mentions', '[#12](/x)', '<p><a href="/x" rel="nofollow noopener noreferrer">#12</a></p>'],
    ['a hidden comment', 'a <!-- database-lead:plan --> b', '<p>a  b</p>'],
    [
      'details',
      '<details open><summary>More</summary>\n\n**in**\n\n</details>',
      /<details open(="")?><summary>More<\/summary>\s*<p><strong>in<\/strong><\/p>\s*<\/details>/,
    ],
    [
      'an alert',
      '> [!WARNING]\n> Careful.',
      /<div class="alert alert-warning">\s*<p><span class="alert-title">Warning<\/span><br \/>Careful.<\/p>\s*<\/div>/,
    ],
    ['a quotation', '> [!NOTHING]\n> x', /<blockquote>/],
    ['SQL', '```sql\nSELECT 1 < 2;\n```', '<pre><code class="language-sql">SELECT 1 &lt; 2;\n</code></pre>'],
    [
      'a diagram',
      '```mermaid\nerDiagram\n  a ||--o{ b : "<x>"\n```',
      /<pre class="diagram"><code class="language-mermaid">erDiagram\n {2}a \|\|--o\{ b : "&lt;x&gt;"|&quot;&lt;x&gt;/,
    ],
  ])('shows %s', (_, text, wanted) => {
    const shown = render(text);
    if (typeof wanted === 'string') expect(shown).toBe(wanted);
    else expect(shown).toMatch(wanted);
  });

  it('shows a suggestion as a diff of the lines that it replaces', () => {
    const shown = render('```suggestion\nnew <b>\n```', ['old & gone']);
    expect(shown).toContain(
      '<tr class="suggestion-old"><td><span class="sr-only">removed</span>-</td><td>old &amp; gone</td></tr>',
    );
    expect(shown).toContain(
      '<tr class="suggestion-new"><td><span class="sr-only">added</span>+</td><td>new &lt;b&gt;</td></tr>',
    );
    expect(render('```suggestion\n```', ['gone'])).not.toContain('suggestion-new');
  });

  it.each([
    '<script>alert(1)</script>',
    '<img src=x onerror=alert(1)>',
    '<svg onload=alert(1)><script>alert(1)</script></svg>',
    '<a href="javascript:alert(1)">x</a>',
    '[x](javascript:alert(1))',
    '[x](data:text/html;base64,PHNjcmlwdD4=)',
    '<iframe src="//evil.example"></iframe>',
    '<style>*{display:none}</style>',
    '<p style="position:fixed">x</p>',
    '<form action="/acme/shop/issues"><button name=state>x</button></form>',
    '<input type="text" name="body" value="x"><textarea>x</textarea>',
    '<a id="main" name="comment">x</a>',
    '<div class="top-bar" data-live="timeline" data-key="x">x</div>',
    '<math><mi//xlink:href="data:x,<script>alert(4)</script>">',
    '<meta http-equiv="refresh" content="0;url=//evil.example"><base href="//evil.example">',
    '```"><script>alert(1)</script>\nx\n```',
    '```suggestion\n</td></tr></table><script>alert(1)</script>\n```',
    '<noscript><p title="</noscript><img src=x onerror=alert(1)>">',
    '<img src="//evil.example/a.png"><object data=x></object><embed src=x>',
  ])('leaves nothing dangerous in %s', (text) => {
    const shown = render(text).replace(/&lt;[^<]*?&gt;/g, '');
    expect(shown).not.toMatch(
      /<(script|svg|iframe|style|form|button|textarea|math|meta|base|object|embed|noscript)\b/i,
    );
    expect(shown).not.toMatch(/<[^>]*\s(on\w+|style|id|name|data-[\w-]+)\s*=/i);
    expect(shown).not.toMatch(/(href|src)="(javascript:|data:|\/\/)/i);
    expect(shown).not.toMatch(/class="[^"]*top-bar/);
    expect(shown).not.toMatch(/<input(?![^>]*type="checkbox")/i);
  });

  it.each([
    ['nested quotations', '>'.repeat(20_000)],
    ['opened brackets', '['.repeat(20_000)],
    ['emphasis that never ends', '*a _b '.repeat(5_000)],
    ['mentions in a row', '@alice#1'.repeat(5_000)],
    ['a deep list', Array.from({ length: 300 }, (_, depth) => `${'  '.repeat(depth)}- x`).join('\n')],
    ['open tags', '<details>'.repeat(5_000)],
  ])('gets through %s', (_, text) => {
    expect(typeof render(text)).toBe('string');
  });
});
