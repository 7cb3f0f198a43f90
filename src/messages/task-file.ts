import { parse, TomlDate } from 'smol-toml';
import type { Clock } from '../kernel/clock.ts';
import { messageOf } from '../kernel/errors.ts';
import { closingFence, linesOf } from './fenced.ts';
import { addItem, type Item, itemsOf, sectionText, tick } from './task-sections.ts';
import { type HeadValue, setTopLevel, valueText } from './toml-head.ts';

/** The states of an MDTM task (DESIGN.md, section 5). */
export const taskStatus = {
  toDo: '🟡 To Do',
  inProgress: '🔵 In Progress',
  review: '🟣 Review',
  done: '🟢 Done',
  blocked: '⚪ Blocked',
  error: '🔴 Error',
} as const;

/** The head of a task file. Dates are ISO 8601; `status` is one of {@link taskStatus} unless a person wrote another. */
export interface TaskHead {
  readonly id: string;
  readonly title: string;
  readonly status: string;
  readonly type: string;
  readonly priority: string;
  readonly createdDate: string;
  readonly updatedDate: string;
  readonly assignedTo: string;
  readonly coordinator: string;
  readonly parentTask: string;
  readonly dependsOn: readonly string[];
  readonly relatedDocs: readonly string[];
  readonly tags: readonly string[];
}

export interface LogLine {
  /** ISO 8601. */
  readonly at: string;
  /** One line of Markdown. */
  readonly text: string;
}

/** A task file as a value. Texts are Markdown whose untrusted parts the caller has escaped; items are one line each. */
export interface TaskFile extends TaskHead {
  readonly description: string;
  readonly acceptanceCriteria: readonly Item[];
  readonly checklist: readonly Item[];
  readonly log: readonly LogLine[];
}

/** What the App wants to be true of a file. Lists only grow: what people added to one stays. */
export interface TaskChanges extends Partial<TaskHead> {
  /** Ticked where `done`, never unticked, and added where absent. */
  readonly acceptanceCriteria?: readonly Item[];
  readonly checklist?: readonly Item[];
  /** Lines that are there already are not added again. */
  readonly log?: readonly LogLine[];
}

export type ParsedTaskFile =
  | { readonly kind: 'task'; readonly task: TaskFile }
  | { readonly kind: 'unreadable'; readonly problem: string };

/** `TASK-DBLEAD-YYYYMMDD-HHMMSS`, in UTC. */
export function taskId(clock: Clock): string {
  return taskIdAt(clock.now());
}

export function taskIdAt(instant: Date): string {
  return `TASK-DBLEAD-${instant.toISOString().slice(0, 19).replace(/[-:]/g, '').replace('T', '-')}`;
}

const keys: Readonly<Record<keyof TaskHead, string>> = {
  id: 'id',
  title: 'title',
  status: 'status',
  type: 'type',
  priority: 'priority',
  createdDate: 'created_date',
  updatedDate: 'updated_date',
  assignedTo: 'assigned_to',
  coordinator: 'coordinator',
  parentTask: 'parent_task',
  dependsOn: 'depends_on',
  relatedDocs: 'related_docs',
  tags: 'tags',
};

/** A new file. */
export function renderTaskFile(task: TaskFile): string {
  const head = Object.entries(headOf(task)).map(([key, value]) => `${key} = ${valueText(value)}`);
  const description = withoutHeadings(task.description.trim());
  const fence = closingFence(description);
  const empty = [
    `+++\n${head.join('\n')}\n+++`,
    `# ${oneLine(task.title).replace(/[\\`*_[\]<>#~|&]/g, '\\$&')}`,
    `## Description\n\n${description}${fence === '' ? '' : `\n${fence}`}`,
    '## Acceptance Criteria',
    '## Checklist',
    '## Log',
  ].join('\n\n');
  return updateBody(`${empty}\n`, task, '\n');
}

/** Headings in a description would be taken for sections of the file. */
function withoutHeadings(markdown: string): string {
  return linesOf(markdown)
    .map(({ text, fenced }) => (!fenced && /^ {0,3}#{1,2}(\s|$)/.test(text) ? text.replace('#', '\\#') : text))
    .join('\n');
}

/** Reads a file, whoever wrote it: what is absent is empty. */
export function parseTaskFile(text: string): ParsedTaskFile {
  const parts = split(text);
  if (parts === undefined) return { kind: 'unreadable', problem: 'there is no head between two lines of +++' };
  const head = readHead(parts.head);
  if (typeof head === 'string') return { kind: 'unreadable', problem: head };
  const one = (key: keyof TaskHead) => textOf(head[keys[key]]);
  const list = (key: keyof TaskHead) => listOf(head[keys[key]]);
  return {
    kind: 'task',
    task: {
      id: one('id'),
      title: one('title'),
      status: one('status'),
      type: one('type'),
      priority: one('priority'),
      createdDate: one('createdDate'),
      updatedDate: one('updatedDate'),
      assignedTo: one('assignedTo'),
      coordinator: one('coordinator'),
      parentTask: one('parentTask'),
      dependsOn: list('dependsOn'),
      relatedDocs: list('relatedDocs'),
      tags: list('tags'),
      description: sectionText(parts.body, 'Description'),
      acceptanceCriteria: itemsOf(parts.body, 'Acceptance Criteria'),
      checklist: itemsOf(parts.body, 'Checklist'),
      log: sectionText(parts.body, 'Log').split(/\r?\n/).flatMap(logLine),
    },
  };
}

/**
 * The file with the changes in it and every other byte as it was: keys, comments, sections, ticks and log lines that
 * people added stay. A head that is not valid TOML is left alone, and only the sections are changed.
 */
export function updateTaskFile(existing: string, changes: TaskChanges): string {
  const eol = existing.includes('\r\n') ? '\r\n' : '\n';
  const parts = split(existing);
  if (parts === undefined) return updateBody(existing, changes, eol);
  return parts.before + updateHead(parts.head, changes, eol) + parts.between + updateBody(parts.body, changes, eol);
}

function updateHead(toml: string, changes: TaskChanges, eol: string): string {
  const head = readHead(toml);
  if (typeof head === 'string') return toml;
  const wanted = Object.entries(headOf(changes)).flatMap(([key, value]): [string, HeadValue][] => {
    if (typeof value === 'string') return textOf(head[key]) === value ? [] : [[key, value]];
    const present = listOf(head[key]);
    const added = value.filter((item) => !present.includes(item));
    return added.length === 0 ? [] : [[key, [...present, ...added]]];
  });
  const updated = setTopLevel(toml, Object.fromEntries(wanted), eol);
  // Whatever unusual TOML people wrote: rather no change than a file that nobody can read.
  return typeof readHead(updated) === 'string' ? toml : updated;
}

function updateBody(body: string, changes: TaskChanges, eol: string): string {
  let text = body;
  for (const [title, items] of [
    ['Acceptance Criteria', changes.acceptanceCriteria ?? []],
    ['Checklist', changes.checklist ?? []],
  ] as const) {
    for (const item of items) text = tick(text, title, { ...item, text: oneLine(item.text) }, eol);
  }
  for (const { at, text: line } of changes.log ?? []) text = addItem(text, 'Log', `- ${at}: ${oneLine(line)}`, eol);
  return text;
}

/** The TOML of those keys that are given. */
function headOf(task: Partial<TaskHead>): Readonly<Record<string, HeadValue>> {
  const given = Object.entries(keys).flatMap(([name, key]): [string, HeadValue][] => {
    const value = task[name as keyof TaskHead];
    if (value === undefined) return [];
    return [[key, typeof value === 'string' ? value.toWellFormed() : value.map((item) => item.toWellFormed())]];
  });
  return Object.fromEntries(given);
}

interface Parts {
  readonly before: string;
  readonly head: string;
  readonly between: string;
  readonly body: string;
}

function split(text: string): Parts | undefined {
  const found = /^(\ufeff?\+\+\+[ \t]*\r?\n)([\s\S]*?)(^\+\+\+[ \t]*(?:\r?\n|$(?![\s\S])))/m.exec(text);
  if (found === null || found.index !== 0) return undefined;
  const [all, before = '', head = '', between = ''] = found;
  return { before, head, between, body: text.slice(all.length) };
}

function readHead(toml: string): Readonly<Record<string, unknown>> | string {
  try {
    return parse(toml);
  } catch (error) {
    return `the head is not TOML: ${messageOf(error).split('\n')[0]}`;
  }
}

function textOf(value: unknown): string {
  if (value instanceof TomlDate) return value.toISOString();
  return typeof value === 'string'
    ? value
    : ['number', 'boolean', 'bigint'].includes(typeof value)
      ? String(value)
      : '';
}

function listOf(value: unknown): readonly string[] {
  if (Array.isArray(value)) return value.map(textOf).filter((text) => text !== '');
  return value === undefined || value === '' ? [] : [textOf(value)];
}

function logLine(line: string): LogLine[] {
  const [, at, text] = /^[-*] (\S+): (.*)$/.exec(line) ?? [];
  return at === undefined || text === undefined ? [] : [{ at, text }];
}

function oneLine(text: string): string {
  return text.toWellFormed().replace(/\s+/g, ' ').trim();
}
