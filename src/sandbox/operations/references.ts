import type { Actor, Site } from '../site.ts';
import { findIssue, findRepository } from '../state/find.ts';
import type { Issue } from '../state/issue.ts';
import type { Repository } from '../state/repository.ts';
import { note } from './record.ts';

const keyword = '(?:close[sd]?|fix(?:e[sd])?|resolve[sd]?)';
const mention = /(?:^|[\s([,:;])(?:([\w.-]+)\/([\w.-]+))?#(\d+)\b/g;

/** Text that GitHub renders as code or hides has no mentions in it. */
function prose(text: string): string {
  return text
    .replace(/^( {0,3})(`{3,}|~{3,})[^\n]*\n[\s\S]*?(?:^ {0,3}\2[^\n]*$|(?![\s\S]))/gm, '')
    .replace(/(`+)[\s\S]*?\1/g, '')
    .replace(/<!--[\s\S]*?-->/g, '');
}

function issueAt(site: Site, home: Repository, owner: string | undefined, name: string | undefined, number: string) {
  const repository = owner && name ? findRepository(site.world, owner, name) : home;
  return repository ? findIssue(site.world, repository, Number(number)) : undefined;
}

/** Issues that a text mentions by number. */
export function mentioned(site: Site, home: Repository, text: string | null): Issue[] {
  const found = new Set<Issue>();
  for (const [, owner, name, number] of prose(text ?? '').matchAll(mention)) {
    const issue = issueAt(site, home, owner, name, number ?? '');
    if (issue) found.add(issue);
  }
  return [...found];
}

/** Issues that a text promises to close. Pull requests are never closed by keyword. */
export function closedByKeyword(site: Site, home: Repository, text: string | null): Issue[] {
  const pattern = new RegExp(`\\b${keyword}:?\\s+(?:([\\w.-]+)/([\\w.-]+))?#(\\d+)\\b`, 'gi');
  const found = new Set<Issue>();
  for (const [, owner, name, number] of prose(text ?? '').matchAll(pattern)) {
    const issue = issueAt(site, home, owner, name, number ?? '');
    if (issue && !issue.pull) found.add(issue);
  }
  return [...found];
}

/** Records on every mentioned issue that `source` mentions it; once per source. */
export function crossReference(site: Site, actor: Actor, home: Repository, source: Issue, text: string | null): void {
  for (const target of mentioned(site, home, text)) {
    if (target.id === source.id) continue;
    const known = target.timeline.some(
      (event) => event.event === 'cross-referenced' && event.sourceIssueId === source.id,
    );
    if (!known) note(site, actor, target, { event: 'cross-referenced', sourceIssueId: source.id });
  }
}
