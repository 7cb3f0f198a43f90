import { escapeInline, tableCell } from './escape.ts';
import { type Lacked, lacking } from './lacking.ts';
import { paragraphs, table } from './words.ts';

/** `state` and, below, `evidence` are Markdown of our own making: they link issues. */
export interface ProgressRow {
  readonly id: string;
  readonly title: string;
  readonly child: number | undefined;
  readonly pull: number | undefined;
  readonly assignees: readonly string[];
  readonly state: string;
  readonly done: boolean;
}

export interface GateRow {
  readonly name: string;
  readonly state: 'passed' | 'waiting' | 'failed';
  readonly evidence: string;
}

const marks = { passed: '🟢', waiting: '🟡', failed: '🔴' } as const;

/** The one comment that is kept current. `listed`: without sub-issues, the list of them stands here. `lacked`: what cannot be done here. */
export function progress({
  tasks,
  gates,
  listed,
  lacked,
}: {
  readonly tasks: readonly ProgressRow[];
  readonly gates: readonly GateRow[];
  readonly listed: boolean;
  readonly lacked: readonly Lacked[];
}): string {
  const done = tasks.filter((task) => task.done).length;
  return paragraphs(
    `## Progress: ${done} of ${tasks.length} done`,
    taskTable(tasks),
    listed &&
      tasks
        .map(({ child, done }) => `- [${done ? 'x' : ' '}] ${child === undefined ? 'not opened yet' : `#${child}`}`)
        .join('\n'),
    gateTable(gates),
    lacking(lacked),
  );
}

export function status({
  tasks,
  gates,
}: {
  readonly tasks: readonly ProgressRow[];
  readonly gates: readonly GateRow[];
}): string {
  return tasks.length === 0 ? 'No tasks have been handed out yet.' : paragraphs(taskTable(tasks), gateTable(gates));
}

function taskTable(tasks: readonly ProgressRow[]): string {
  const rows = tasks.map(({ id, title, child, assignees, state }) => [
    id,
    tableCell(title),
    child === undefined ? '' : `#${child}`,
    assignees.map((login) => tableCell(login)).join(', '),
    state,
  ]);
  return table(['task', 'what', 'issue', 'who', 'state'], rows);
}

export function gateTable(gates: readonly GateRow[]): string {
  const rows = gates.map(({ name, state, evidence }) => [marks[state], tableCell(name), evidence]);
  return gates.length === 0 ? '' : table(['', 'gate', 'seen'], rows);
}

export function listOfGates(gates: readonly GateRow[]): string {
  return gates.map(({ name, evidence }) => `- ${escapeInline(name)}: ${evidence}`).join('\n');
}
