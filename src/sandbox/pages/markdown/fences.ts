import type { MarkdownIt } from 'markdown-it';
import { escapeText } from '../html.ts';
import type { Surroundings } from '../markdown.ts';

function row(sign: '-' | '+', line: string): string {
  const kind = sign === '-' ? 'old' : 'new';
  const spoken = sign === '-' ? 'removed' : 'added';
  return `<tr class="suggestion-${kind}"><td><span class="sr-only">${spoken}</span>${sign}</td><td>${escapeText(line)}</td></tr>`;
}

function suggestion(text: string, replaced: readonly string[]): string {
  const lines = text === '' ? [] : text.replace(/\n$/, '').split('\n');
  const rows = [...replaced.map((line) => row('-', line)), ...lines.map((line) => row('+', line))];
  return `<div class="suggestion"><p class="suggestion-title">Suggested change</p><table><tbody>${rows.join('')}</tbody></table></div>\n`;
}

/** Suggestions are shown as a small diff, and diagrams are marked for the script that draws them; their text stays. */
export function fences(markdown: MarkdownIt): void {
  const usual = markdown.renderer.rules.fence;
  markdown.renderer.rules.fence = (tokens, at, options, env, self) => {
    const token = tokens[at];
    const language = token?.info.trim().split(/\s+/, 1)[0];
    const { surroundings } = env as { surroundings: Surroundings };
    if (token && language === 'suggestion') return suggestion(token.content, surroundings.replaced ?? []);
    if (token && language === 'mermaid')
      return `<pre class="diagram"><code class="language-mermaid">${escapeText(token.content)}</code></pre>\n`;
    return usual?.(tokens, at, options, env, self) ?? '';
  };
}
