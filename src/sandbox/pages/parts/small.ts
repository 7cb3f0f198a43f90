import { findAccount, isPull, labelsOf, repositoryOf } from '../../state/find.ts';
import type { Issue } from '../../state/issue.ts';
import type { Label } from '../../state/repository.ts';
import { pathOf } from '../find.ts';
import { type Html, html } from '../html.ts';
import { renderMarkdown } from '../markdown.ts';
import type { Visit } from '../page.ts';
import { icon } from './icons.ts';

const months = ['Jan', 'Feb', 'Mar', 'Apr', 'May', 'Jun', 'Jul', 'Aug', 'Sep', 'Oct', 'Nov', 'Dec'];

/** An instant in UTC, as GitHub shortens it. */
export function when(iso: string): Html {
  const date = new Date(iso);
  const two = (number: number) => String(number).padStart(2, '0');
  const short = `${months[date.getUTCMonth()]} ${date.getUTCDate()}, ${two(date.getUTCHours())}:${two(date.getUTCMinutes())}`;
  return html`<time datetime="${iso}" title="${iso}">${short}</time>`;
}

export function avatar(visit: Visit, login: string, size = 20): Html {
  const account = findAccount(visit.site.world, login);
  const shape = account?.type === 'User' ? 'avatar-user' : '';
  return html`<img class="avatar ${shape}" src="/_sandbox/avatars/${account?.id ?? 0}" width="${size}" height="${size}" alt="">`;
}

/** Somebody's name; Apps are marked as such. */
export function person(login: string): Html {
  const name = login.replace(/\[bot\]$/, '');
  if (name === login) return html`<span class="text-bold">${login}</span>`;
  return html`<span class="text-bold">${name}</span> <span class="Label Label--secondary">bot</span>`;
}

export function label({ name, color, description }: Pick<Label, 'name' | 'color'> & Partial<Label>): Html {
  return html`<span class="IssueLabel label-${color}" title="${description ?? ''}">${name}</span>`;
}

export function labelsShown(visit: Visit, issue: Issue): Html {
  return html`${labelsOf(repositoryOf(visit.site.world, issue), issue).map((one) => [label(one), ' '])}`;
}

/** The word for how an issue or pull request stands, and its picture. */
export function standing(issue: Issue) {
  if (isPull(issue)) {
    if (issue.pull.mergedAt) return { word: 'Merged', kind: 'merged', picture: 'git-merge' } as const;
    if (issue.state === 'closed') return { word: 'Closed', kind: 'closed', picture: 'git-pull-request' } as const;
    if (issue.pull.draft) return { word: 'Draft', kind: 'draft', picture: 'git-pull-request' } as const;
    return { word: 'Open', kind: 'open', picture: 'git-pull-request' } as const;
  }
  if (issue.state === 'open') return { word: 'Open', kind: 'open', picture: 'issue-opened' } as const;
  if (issue.stateReason === 'not_planned' || issue.stateReason === 'duplicate')
    return { word: 'Closed', kind: 'draft', picture: 'issue-closed' } as const;
  return { word: 'Closed', kind: 'merged', picture: 'issue-closed' } as const;
}

export function stateIcon(issue: Issue): Html {
  const { word, kind, picture } = standing(issue);
  return html`<span class="state-icon state-icon-${kind}">${icon(picture)}<span class="sr-only">${word}</span></span>`;
}

/** One line that leads to an issue or pull request. */
export function issueLink(visit: Visit, issue: Issue): Html {
  const repository = repositoryOf(visit.site.world, issue);
  return html`${stateIcon(issue)} <a class="Link--primary text-bold" href="${pathOf(repository, issue)}">${issue.title}</a> <span class="color-fg-muted">#${issue.number}</span>`;
}

/** A text as Markdown, with the links of the repository in which it was written. */
export function prose(
  visit: Visit,
  issueOrRepository: { owner: string; name: string },
  text: string,
  replaced?: readonly string[],
): Html {
  const { world } = visit.site;
  const home = `/${issueOrRepository.owner}/${issueOrRepository.name}`;
  const knows = (login: string) => findAccount(world, login) !== undefined;
  const rendered = renderMarkdown(text, { home, knows, replaced });
  return html`<div class="markdown-body">${rendered}</div>`;
}

/** A button that is a whole form. */
export function button(
  action: string,
  words: string,
  options: { readonly kind?: string; readonly hidden?: Readonly<Record<string, string>> } = {},
): Html {
  const hidden = Object.entries(options.hidden ?? {}).map(
    ([name, value]) => html`<input type="hidden" name="${name}" value="${value}">`,
  );
  return html`<form method="post" action="${action}" class="d-inline-block">${hidden}<button class="btn btn-sm ${options.kind ?? ''}">${words}</button></form>`;
}

/** What is said where there is nothing to show. */
export function blank(words: string): Html {
  return html`<div class="blankslate"><p class="color-fg-muted">${words}</p></div>`;
}
