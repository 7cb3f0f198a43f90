import type { Actor, Happening, Site } from '../site.ts';
import { isPull, repositoryOf } from '../state/find.ts';
import { nextId } from '../state/ids.ts';
import type { Issue, TimelineEvent } from '../state/issue.ts';
import { issueView } from '../views/issue.ts';
import { pullView } from '../views/pull.ts';
import { appIdOf, loginOf } from './access.ts';

type Details = TimelineEvent extends infer Event
  ? Event extends TimelineEvent
    ? Omit<Event, 'id' | 'actor' | 'appId' | 'createdAt'>
    : never
  : never;

/** Appends to an issue's timeline and moves its `updated_at`. */
export function note(site: Site, actor: Actor, issue: Issue, details: Details): void {
  const event = {
    id: nextId(site.world, 'TimelineEvent'),
    actor: loginOf(site, actor),
    appId: appIdOf(actor),
    createdAt: site.now(),
    ...details,
  } as TimelineEvent;
  issue.timeline.push(event);
  touch(site, issue);
}

/** Marks an issue as changed now. */
export function touch(site: Site, issue: Issue): void {
  issue.updatedAt = site.now();
}

/** Tells Apps about an issue (`issues`) or a pull request (`pull_request`), whichever it is. */
export async function tell(site: Site, actor: Actor, issue: Issue, action: string, extra: object = {}): Promise<void> {
  const repository = repositoryOf(site.world, issue);
  const happening: Happening = isPull(issue)
    ? {
        event: 'pull_request',
        action,
        repository,
        actor,
        needs: ['pull_requests', 'read'],
        payload: async () => ({ number: issue.number, pull_request: await pullView(site, issue), ...extra }),
      }
    : {
        event: 'issues',
        action,
        repository,
        actor,
        needs: ['issues', 'read'],
        payload: () => ({ issue: issueView(site, issue), ...extra }),
      };
  await site.emit(happening);
}
