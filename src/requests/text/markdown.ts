import MarkdownIt from 'markdown-it';

type Token = ReturnType<InstanceType<typeof MarkdownIt>['parse']>[number];

/** A piece of an issue's text, without quoted replies, struck-out words, images and HTML. Lines are 1-based. */
export type Block =
  | { readonly kind: 'heading'; readonly level: number; readonly text: string; readonly line: number }
  | { readonly kind: 'paragraph'; readonly text: string; readonly line: number }
  /** An entry of a list; a ticked or unticked box is left out of its text. */
  | { readonly kind: 'item'; readonly text: string; readonly line: number }
  | { readonly kind: 'row'; readonly cells: readonly string[]; readonly header: boolean; readonly line: number }
  | { readonly kind: 'code'; readonly language: string; readonly text: string; readonly line: number };

// The reader of the library is GitHub's dialect without its links; HTML is recognised so that it can be left out.
const reader = new MarkdownIt({ html: true });

/** The blocks of a Markdown text in order. Inline code keeps its backquotes, because they mark names. */
export function blocksOf(markdown: string): readonly Block[] {
  const blocks: Block[] = [];
  let quotes = 0;
  let items = 0;
  let cells: string[] | undefined;
  let heading: Token | undefined;
  let header = false;
  let rowLine = 1;

  for (const token of reader.parse(plain(markdown), {})) {
    const line = (token.map?.[0] ?? 0) + 1;
    switch (token.type) {
      case 'blockquote_open':
        quotes++;
        break;
      case 'blockquote_close':
        quotes--;
        break;
      case 'list_item_open':
        items++;
        break;
      case 'list_item_close':
        items--;
        break;
      case 'heading_open':
        heading = token;
        break;
      case 'heading_close':
        heading = undefined;
        break;
      case 'thead_open':
        header = true;
        break;
      case 'thead_close':
        header = false;
        break;
      case 'tr_open':
        cells = [];
        rowLine = line;
        break;
      case 'tr_close':
        if (quotes === 0) blocks.push({ kind: 'row', cells: cells ?? [], header, line: rowLine });
        cells = undefined;
        break;
      case 'inline':
        if (quotes > 0) break;
        if (cells !== undefined) cells.push(inlineText(token));
        else if (heading !== undefined) {
          blocks.push({ kind: 'heading', level: Number(heading.tag.slice(1)), text: inlineText(token), line });
        } else blocks.push(textBlock(items > 0, inlineText(token), line));
        break;
      case 'html_block': {
        // GitHub shows the words of a line that begins with a comment or a tag.
        const text = withoutTags(token.content).trim();
        if (quotes === 0 && text !== '') blocks.push(textBlock(items > 0, text, line));
        break;
      }
      case 'fence':
      case 'code_block': {
        if (quotes > 0) break;
        const language = (token.info ?? '').trim().split(/[\s,{]/)[0] ?? '';
        const first = token.type === 'fence' ? line + 1 : line;
        blocks.push({ kind: 'code', language: language.toLowerCase(), text: token.content, line: first });
        break;
      }
    }
  }
  return blocks;
}

function textBlock(inList: boolean, text: string, line: number): Block {
  return inList ? { kind: 'item', text: text.replace(/^\[[ xX]\]\s/, ''), line } : { kind: 'paragraph', text, line };
}

/** The words of a piece of HTML; what stands in comments is nobody's word. */
function withoutTags(html: string): string {
  let text = '';
  let at = 0;
  for (let open = html.indexOf('<!--'); open !== -1; open = html.indexOf('<!--', at)) {
    text += html.slice(at, open);
    const close = html.indexOf('-->', open);
    if (close === -1) return text;
    at = close + 3;
  }
  return (text + html.slice(at)).replace(/<[^<>]*>/g, ' ');
}

/** A text as people meant it: one kind of line end, plain quotes and spaces, nothing invisible. */
export function plain(text: string): string {
  return text
    .replace(/\r\n?/g, '\n')
    .replace(/[\u200b-\u200f\u2060-\u2064\u202a-\u202e\u2066-\u2069\ufeff\u00ad\0]/g, '')
    .replace(/[\u00a0\u2000-\u200a\u202f\u3000]/g, ' ')
    .replace(/[\u2018\u2019\u201b\u2032]/g, "'")
    .replace(/[\u201c\u201d\u201e\u201f\u2033]/g, '"');
}

function inlineText(token: Token): string {
  let text = '';
  let struck = 0;
  for (const child of token.children ?? []) {
    if (child.type === 's_open') struck++;
    else if (child.type === 's_close') struck--;
    else if (struck > 0) continue;
    else if (child.type === 'text' || child.type === 'text_special') text += child.content;
    else if (child.type === 'code_inline') text += `\`${child.content.replaceAll('`', "'")}\``;
    else if (child.type === 'softbreak' || child.type === 'hardbreak') text += '\n';
  }
  return text.trim();
}
