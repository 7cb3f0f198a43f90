import { parse } from 'yaml';

/** The labels under which an issue form asks, by what the field is for. */
export type FormLabels = ReadonlyMap<string, FormField>;

/** What a field of a form is for. `context` is read by people only. */
export const formFields = ['change', 'sql', 'query', 'target', 'version', 'context'] as const;
export type FormField = (typeof formFields)[number];

/** The ids that forms give these fields; ours first, then what other forms commonly call them. */
const idsOf: Readonly<Record<FormField, readonly string[]>> = {
  change: ['change', 'description', 'what', 'request', 'details', 'existing-rows', 'rows'],
  sql: ['sql', 'ddl', 'desired-sql', 'statements'],
  query: ['query', 'slow-query'],
  target: ['target', 'performance-target', 'goal'],
  version: ['engine-version', 'version', 'engine'],
  context: ['context', 'reason', 'why', 'motivation', 'background', 'database', 'deadline', 'checklist', 'confirm'],
};

const fieldById: ReadonlyMap<string, FormField> = new Map(
  formFields.flatMap((field) => idsOf[field].map((id) => [id, field] as const)),
);

/** The labels of our own form (`.github/ISSUE_TEMPLATE/database-change.yml`), for issues that were opened through it. */
export const defaultLabels: FormLabels = new Map([
  ['what should change?', 'change'],
  ['desired sql', 'sql'],
  ['existing rows', 'change'],
  ['slow query', 'query'],
  ['target time', 'target'],
  ['engine and version', 'version'],
  ['why is it needed?', 'context'],
]);

/**
 * The labels of a form as the repository has it (YAML, GitHub's form schema): the headings are labels, not ids, so a
 * renamed label is found only here. Fields whose id says nothing to us are left out. `undefined` when it is no form.
 */
export function formLabels(template: string): FormLabels | undefined {
  let form: unknown;
  try {
    form = parse(template, { logLevel: 'error' });
  } catch {
    return undefined;
  }
  const fields = isRecord(form) && Array.isArray(form.body) ? form.body : undefined;
  if (fields === undefined) return undefined;
  const labels = new Map<string, FormField>();
  for (const field of fields) {
    if (!isRecord(field) || typeof field.id !== 'string' || !isRecord(field.attributes)) continue;
    const { label } = field.attributes;
    const known = fieldById.get(field.id.toLowerCase().replaceAll('_', '-'));
    if (typeof label === 'string' && known !== undefined) labels.set(plainLabel(label), known);
  }
  return labels;
}

/** A label without the differences that people and GitHub make: case, emoji, a trailing asterisk or colon. */
export function plainLabel(label: string): string {
  return label
    .toLowerCase()
    .replace(/\p{Extended_Pictographic}|\ufe0f|\u200d|[*:`_]/gu, ' ')
    .replace(/\s+/g, ' ')
    .trim();
}

function isRecord(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
