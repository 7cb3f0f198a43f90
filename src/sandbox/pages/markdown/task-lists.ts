import type { MarkdownIt } from 'markdown-it';

/** `- [ ]` and `- [x]` at the beginning of a list item become checkboxes. */
export function taskLists(markdown: MarkdownIt): void {
  markdown.core.ruler.after('inline', 'task-lists', (state) => {
    for (const [at, token] of state.tokens.entries()) {
      const item = state.tokens[at - 2];
      const text = token.children?.[0];
      if (token.type !== 'inline' || item?.type !== 'list_item_open' || text?.type !== 'text') continue;
      const found = /^\[([ xX])\]\s+/.exec(text.content);
      if (!found) continue;
      text.content = text.content.slice(found[0].length);
      const box = new state.Token('html_inline', '', 0);
      const checked = found[1] === ' ' ? '' : ' checked';
      box.content = `<input type="checkbox" disabled${checked} aria-label="${checked ? 'done' : 'to do'}"> `;
      token.children?.unshift(box);
      item.attrJoin('class', 'task-list-item');
      for (let before = at - 3; before >= 0; before -= 1) {
        const list = state.tokens[before];
        if (list?.level !== item.level - 1 || !/^(bullet|ordered)_list_open$/.test(list.type)) continue;
        if (!list.attrGet('class')) list.attrSet('class', 'contains-task-list');
        break;
      }
    }
  });
}
