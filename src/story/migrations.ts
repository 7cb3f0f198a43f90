import type { SubIssue } from './looks.ts';

/** The two files of a migration. */
export interface Draft {
  readonly name: string;
  readonly up: string;
  readonly down: string;
}

/** What the specialist takes from a sub-issue: the fenced SQL below its draft, up first, then the way back. */
export function draftOf({ body }: SubIssue, version: number, name: string): Draft {
  const [, text = ''] = body.split(/^## Draft$/m);
  const [up = '', down = ''] = [...text.matchAll(/^```sql\n([\s\S]*?)^```/gm)].map(([, sql = '']) => sql);
  return { name: `${String(version).padStart(4, '0')}_${name}`, up, down };
}

/** The same work as somebody in a hurry writes it: no timeouts, nothing concurrently, no care for rows. */
export function careless({ name, up, down }: Draft): Draft {
  const hurried = up
    .split('\n')
    .filter((line) => !/^\s*SET\s/i.test(line))
    .join('\n')
    .replaceAll(/ CONCURRENTLY/gi, '')
    .replaceAll(/ NOT VALID/gi, '');
  return { name, up: hurried, down };
}
