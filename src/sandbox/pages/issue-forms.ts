import { parse } from 'yaml';
import { readBlob, readCommit, readTree } from '../git/objects.ts';
import { textOf } from '../git/patch.ts';
import { entryAt } from '../git/trees.ts';
import type { Site } from '../site.ts';
import type { Repository } from '../state/repository.ts';

export type FormElement =
  | { readonly type: 'markdown'; readonly value: string }
  | {
      readonly type: 'input' | 'textarea' | 'dropdown' | 'checkboxes';
      /** Name of the field, made from its place when the form gives none. */
      readonly id: string;
      readonly label: string;
      readonly description: string;
      readonly placeholder: string;
      readonly value: string;
      /** Language of the fence around a textarea's answer. */
      readonly render: string;
      readonly multiple: boolean;
      readonly options: readonly { readonly label: string; readonly required: boolean }[];
      readonly required: boolean;
    };

/** An issue form or Markdown template of a repository. */
export interface IssueForm {
  readonly file: string;
  readonly name: string;
  readonly description: string;
  readonly title: string;
  readonly labels: readonly string[];
  readonly assignees: readonly string[];
  readonly body: readonly FormElement[];
}

function text(value: unknown): string {
  return typeof value === 'string'
    ? value
    : typeof value === 'number' || typeof value === 'boolean'
      ? String(value)
      : '';
}

function names(value: unknown): string[] {
  if (typeof value === 'string')
    return value
      .split(',')
      .map((name) => name.trim())
      .filter(Boolean);
  return Array.isArray(value) ? value.map(text).filter(Boolean) : [];
}

function record(value: unknown): Readonly<Record<string, unknown>> {
  return typeof value === 'object' && value !== null && !Array.isArray(value) ? (value as Record<string, unknown>) : {};
}

function element(value: unknown, at: number): FormElement[] {
  const { type, id, attributes, validations } = record(value);
  const given = record(attributes);
  if (type === 'markdown') return [{ type, value: text(given.value) }];
  if (type !== 'input' && type !== 'textarea' && type !== 'dropdown' && type !== 'checkboxes') return [];
  const options = Array.isArray(given.options) ? given.options : [];
  return [
    {
      type,
      id: text(id) || `field-${at}`,
      label: text(given.label),
      description: text(given.description),
      placeholder: text(given.placeholder),
      value: text(given.value),
      render: text(given.render),
      multiple: given.multiple === true,
      options: options.map((option) =>
        typeof option === 'object'
          ? { label: text(record(option).label), required: record(option).required === true }
          : { label: text(option), required: false },
      ),
      required: record(validations).required === true,
    },
  ];
}

/** Reads one form; `null` when the text is none (GITHUB.md section 5 has the shape). */
export function readForm(file: string, source: string): IssueForm | null {
  let form: Readonly<Record<string, unknown>>;
  try {
    form = record(parse(source));
  } catch {
    return null;
  }
  if (!Array.isArray(form.body) || !text(form.name)) return null;
  return {
    file,
    name: text(form.name),
    description: text(form.description),
    title: text(form.title),
    labels: names(form.labels),
    assignees: names(form.assignees),
    body: form.body.flatMap(element),
  };
}

/** The forms on a repository's default branch, by file name. */
export async function issueForms(site: Site, repository: Repository): Promise<IssueForm[]> {
  const head = repository.refs[`refs/heads/${repository.defaultBranch}`];
  if (!head) return [];
  const git = site.gitOf(repository);
  const folder = await entryAt(git, (await readCommit(git, head)).tree, '.github/ISSUE_TEMPLATE');
  if (folder?.type !== 'tree') return [];
  const forms: IssueForm[] = [];
  for (const { path, oid, type } of await readTree(git, folder.oid)) {
    if (type !== 'blob' || !/\.ya?ml$/.test(path) || /^config\.ya?ml$/.test(path)) continue;
    const form = readForm(path, textOf(await readBlob(git, oid)));
    if (form) forms.push(form);
  }
  return forms;
}

const empty = '_No response_';

function answered(field: Exclude<FormElement, { type: 'markdown' }>, answers: readonly string[]): string {
  switch (field.type) {
    case 'checkboxes':
      return field.options.map(({ label }) => `- [${answers.includes(label) ? 'x' : ' '}] ${label}`).join('\n');
    case 'dropdown':
      return answers.join(', ') || empty;
    case 'textarea': {
      const value = (answers[0] ?? '').trim();
      if (value === '') return empty;
      return field.render ? `\`\`\`${field.render}\n${value}\n\`\`\`` : value;
    }
    case 'input':
      return (answers[0] ?? '').trim() || empty;
  }
}

/** The issue's body that a filled-in form becomes. */
export function bodyOf(form: IssueForm, answersTo: (id: string) => readonly string[]): string {
  return form.body
    .flatMap((field) =>
      field.type === 'markdown' ? [] : [`### ${field.label}\n\n${answered(field, answersTo(field.id))}`],
    )
    .join('\n\n');
}
