import { Refusal } from '../refusal.ts';
import type { Annotation, CheckAction } from '../state/check.ts';
import type { CheckOutput } from './checks.ts';
import { limits } from './validate.ts';

const annotationBytes = 64 * 1024;
const annotationTitle = 255;
const buttons = { count: 3, label: 20, description: 40, identifier: 20 } as const;

function refuse(sentence: string): Refusal {
  return new Refusal(422, `Invalid request.\n\n${sentence}`);
}

/** Refuses an output that GitHub would refuse: incomplete, too long, or with too many annotations at once. */
export function checkOutput(output: CheckOutput | undefined): void {
  if (!output) return;
  if (typeof output.title !== 'string' || output.title === '') throw refuse('"title" wasn\'t supplied.');
  if (typeof output.summary !== 'string') throw refuse('"summary" wasn\'t supplied.');
  for (const [field, text] of Object.entries({ summary: output.summary, text: output.text }))
    if (text && [...text].length > limits.checkOutput)
      throw refuse(`Only ${limits.checkOutput} characters are allowed for output.${field}.`);
  const annotations = output.annotations ?? [];
  if (annotations.length > limits.annotations)
    throw refuse(`No more than ${limits.annotations} items are allowed; ${annotations.length} were supplied.`);
  for (const annotation of annotations) checkAnnotation(annotation);
}

function checkAnnotation(annotation: Partial<Annotation>): void {
  for (const field of ['path', 'start_line', 'end_line', 'annotation_level', 'message'] as const)
    if (annotation[field] === undefined || annotation[field] === '') throw refuse(`"${field}" wasn't supplied.`);
  const { start_line: start, end_line: end, annotation_level: level, path = '' } = annotation;
  if (!['notice', 'warning', 'failure'].includes(level ?? ''))
    throw refuse(`${level} is not a member of ["notice", "warning", "failure"].`);
  if (!Number.isInteger(start) || !Number.isInteger(end) || (start ?? 0) < 1 || (end ?? 0) < (start ?? 0))
    throw refuse('end_line must be an integer not before start_line.');
  if (path.startsWith('/')) throw refuse('path must be relative.');
  const columns = annotation.start_column != null || annotation.end_column != null;
  if (columns && start !== end)
    throw refuse('start_column and end_column are only allowed when start_line and end_line are equal.');
  for (const field of ['message', 'raw_details'] as const)
    if (Buffer.byteLength(annotation[field] ?? '') > annotationBytes) throw refuse(`${field} exceeds 64 KB.`);
  if ([...(annotation.title ?? '')].length > annotationTitle) throw refuse('title exceeds 255 characters.');
}

/** Refuses buttons that GitHub would refuse. */
export function checkActions(actions: readonly CheckAction[] | undefined): void {
  if (!actions) return;
  if (actions.length > buttons.count)
    throw refuse(`No more than ${buttons.count} items are allowed; ${actions.length} were supplied.`);
  for (const action of actions)
    for (const field of ['label', 'description', 'identifier'] as const) {
      const text = action[field];
      if (typeof text !== 'string' || text === '') throw refuse(`"${field}" wasn't supplied.`);
      if ([...text].length > buttons[field])
        throw refuse(`Only ${buttons[field]} characters are allowed for ${field}.`);
    }
}
