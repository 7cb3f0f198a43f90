import type { MarkdownIt } from 'markdown-it';

const titles: Readonly<Record<string, string>> = {
  NOTE: 'Note',
  TIP: 'Tip',
  IMPORTANT: 'Important',
  WARNING: 'Warning',
  CAUTION: 'Caution',
};

/** A quotation that begins with `[!NOTE]`, `[!TIP]`, `[!IMPORTANT]`, `[!WARNING]` or `[!CAUTION]` becomes an alert. */
export function alerts(markdown: MarkdownIt): void {
  markdown.core.ruler.after('inline', 'alerts', (state) => {
    for (const [at, open] of state.tokens.entries()) {
      const inline = state.tokens[at + 2];
      const first = inline?.children?.[0];
      if (open.type !== 'blockquote_open' || inline?.type !== 'inline' || first?.type !== 'text') continue;
      const kind = /^\[!([A-Z]+)\]\s*$/.exec(first.content)?.[1] ?? '';
      const title = Object.hasOwn(titles, kind) ? titles[kind] : undefined;
      if (!title) continue;
      const close = state.tokens.findIndex(
        (token, behind) => behind > at && token.type === 'blockquote_close' && token.level === open.level,
      );
      open.tag = 'div';
      open.attrSet('class', `alert alert-${kind.toLowerCase()}`);
      const end = state.tokens[close];
      if (end) end.tag = 'div';
      const rest = inline.children ?? [];
      // The marker's own line ends with a break, which the title replaces.
      rest.splice(0, rest[1]?.type === 'softbreak' || rest[1]?.type === 'hardbreak' ? 2 : 1);
      const heading = new state.Token('html_inline', '', 0);
      heading.content = `<span class="alert-title">${title}</span><br>`;
      rest.unshift(heading);
    }
  });
}
