import MarkdownIt from 'markdown-it';
import sanitize from 'sanitize-html';
import { type Html, raw } from './html.ts';
import { alerts } from './markdown/alerts.ts';
import { fences } from './markdown/fences.ts';
import { references } from './markdown/references.ts';
import { taskLists } from './markdown/task-lists.ts';

/** What a text refers to. */
export interface Surroundings {
  /** Path of the repository's page, which `#12` leads below. */
  readonly home: string;
  /** Logins that can be mentioned. */
  readonly knows: (login: string) => boolean;
  /** The lines that a suggestion would replace. */
  readonly replaced?: readonly string[] | undefined;
}

const markdown = new MarkdownIt({ html: true, linkify: true, breaks: true })
  .use(taskLists)
  .use(alerts)
  .use(references)
  .use(fences);

const ours = [
  'alert',
  'alert-*',
  'alert-title',
  'contains-task-list',
  'task-list-item',
  'diagram',
  'suggestion',
  'suggestion-*',
  'mention',
  'language-*',
  'sr-only',
];

const rules: sanitize.IOptions = {
  allowedTags: [
    ...'a b blockquote br code dd del details div dl dt em h1 h2 h3 h4 h5 h6 hr i img input ins kbd li ol p picture pre q rp rt ruby s samp span strike strong sub summary sup table tbody td tfoot th thead tr tt ul var'.split(
      ' ',
    ),
  ],
  allowedAttributes: {
    a: ['href', 'title', 'rel', 'class'],
    img: ['src', 'alt', 'title', 'width', 'height'],
    input: ['type', 'checked', 'disabled', 'aria-label'],
    details: ['open'],
    ol: ['start'],
    td: ['align'],
    th: ['align'],
    ...Object.fromEntries(
      ['code', 'div', 'li', 'p', 'pre', 'span', 'table', 'td', 'tr', 'ul'].map((tag) => [
        tag,
        tag === 'td' ? ['align', 'class'] : ['class'],
      ]),
    ),
  },
  allowedClasses: { '*': ours },
  allowedSchemes: ['http', 'https', 'mailto'],
  allowProtocolRelative: false,
  // A checkbox is the only control that a text may show, and only as a picture of one.
  exclusiveFilter: ({ tag, attribs }) => tag === 'input' && attribs.type !== 'checkbox',
  transformTags: {
    a: sanitize.simpleTransform('a', { rel: 'nofollow noopener noreferrer' }),
    input: sanitize.simpleTransform('input', { disabled: 'disabled' }),
  },
  // Deeper than this nobody nests on purpose, and browsers slow down.
  nestingLimit: 60,
};

/** GitHub-flavoured Markdown as markup without scripts, styles, ids, forms or comments. */
export function renderMarkdown(text: string, surroundings: Surroundings): Html {
  return raw(sanitize(markdown.render(text, { surroundings }), rules));
}
