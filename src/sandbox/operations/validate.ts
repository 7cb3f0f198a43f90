import { type FieldError, invalid } from '../refusal.ts';

/** GitHub's limits on texts, in characters (GITHUB.md sections 5, 6 and 9). */
export const limits = {
  body: 65_536,
  title: 256,
  label: 50,
  labelDescription: 100,
  assignees: 10,
  subIssues: 100,
  subIssueLevels: 8,
  annotations: 50,
  checkOutput: 65_535,
  deploymentDescription: 140,
} as const;

/** Refuses a body that is too long. */
export function checkBody(resource: string, body: string | null | undefined): void {
  if (body && [...body].length > limits.body)
    throw invalid({
      resource,
      field: 'body',
      code: 'custom',
      message: `body is too long (maximum is ${limits.body} characters)`,
    });
}

/** Refuses a comment that is empty or too long. */
export function checkComment(resource: string, body: unknown): asserts body is string {
  if (typeof body !== 'string') throw invalid({ resource, field: 'body', code: 'missing_field' });
  if (body.trim() === '') throw invalid({ resource, field: 'body', code: 'custom', message: 'body cannot be blank' });
  checkBody(resource, body);
}

/** Refuses a title that is missing, blank or too long. */
export function checkTitle(resource: string, title: unknown): asserts title is string {
  if (typeof title !== 'string') throw invalid({ resource, field: 'title', code: 'missing_field' });
  const problem: FieldError = { resource, field: 'title', code: 'custom' };
  if (title.trim() === '') throw invalid({ ...problem, code: 'missing_field' });
  if ([...title].length > limits.title)
    throw invalid({ ...problem, message: `title is too long (maximum is ${limits.title} characters)` });
}
