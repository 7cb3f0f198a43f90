import type { MarkdownIt } from 'markdown-it';
import type { Surroundings } from '../markdown.ts';

const reference =
  /(?<![\w/&])(?:(?<owner>[\w-]+)\/(?<repo>[\w.-]+))?#(?<number>\d{1,9})\b|(?<![\w/@.])@(?<login>[a-zA-Z\d](?:[a-zA-Z\d-]{0,38}))(?<bot>\[bot\])?(?![\w/-])/g;

function targetOf(groups: Record<string, string | undefined>, { home, knows }: Surroundings): string | null {
  const { owner, repo, number, login, bot } = groups;
  if (number) return `${owner && repo ? `/${owner}/${repo}` : home}/issues/${number}`;
  const name = `${login}${bot ?? ''}`;
  return login && knows(name) ? `/${name}` : null;
}

/** `#12`, `owner/repo#12` and `@login` become links, outside of code and of other links. */
export function references(markdown: MarkdownIt): void {
  markdown.core.ruler.push('references', (state) => {
    const { surroundings } = state.env as { surroundings: Surroundings };
    for (const token of state.tokens) {
      if (token.type !== 'inline' || !token.children) continue;
      const children: typeof token.children = [];
      let links = 0;
      for (const child of token.children) {
        if (child.type === 'link_open') links += 1;
        if (child.type === 'link_close') links -= 1;
        if (child.type !== 'text' || links > 0) {
          children.push(child);
          continue;
        }
        let from = 0;
        const plain = (to: number) => {
          if (to <= from) return;
          const text = new state.Token('text', '', 0);
          text.content = child.content.slice(from, to);
          children.push(text);
        };
        for (const found of child.content.matchAll(reference)) {
          const target = targetOf(found.groups ?? {}, surroundings);
          if (!target) continue;
          plain(found.index);
          from = found.index + found[0].length;
          const open = new state.Token('link_open', 'a', 1);
          open.attrSet('href', target);
          if (found.groups?.login) open.attrSet('class', 'mention');
          const text = new state.Token('text', '', 0);
          text.content = found[0];
          children.push(open, text, new state.Token('link_close', 'a', -1));
        }
        plain(child.content.length);
      }
      token.children = children;
    }
  });
}
