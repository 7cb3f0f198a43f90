import { draftMigration } from '../planner/index.ts';
import type { Task } from '../planner/plan.ts';
import { codeSpan, escapeInline, fence, fitBody } from './escape.ts';
import type { PlanRecord } from './plan-record.ts';
import { sentence } from './sentence.ts';
import { bullets, inWords, paragraphs } from './words.ts';

/** GitHub's limit for a title is 256 characters. */
export function taskTitle({ id, title }: Task): string {
  return `${id}: ${title}`.slice(0, 250);
}

export interface TaskContext {
  readonly parent: number;
  readonly task: Task;
  readonly record: PlanRecord;
  /** The role of who does it. */
  readonly specialist: string;
  readonly engine: string;
  /** Path that the migration would have by the repository's convention. */
  readonly path?: { readonly up: string; readonly down?: string };
  readonly taskFile?: string;
}

/** The body of a sub-issue: everything that a specialist needs without asking. */
export function task({ parent, task, record, specialist, engine, path, taskFile }: TaskContext): string {
  const isDrafted = record.plan.engine === 'postgresql';
  const { up, down } = draftMigration(record.plan, task);
  const application = record.plan.steps
    .filter(({ id }) => task.steps.includes(id))
    .flatMap((step) => step.application ?? []);
  const { name, version } = record.database;
  return fitBody([
    {
      priority: 0,
      text: `Part of #${parent}, for the **${escapeInline(specialist)}**. ${task.steps.length === 1 ? 'Step' : 'Steps'} ${inWords(task.steps.map(String))} of the plan there.`,
    },
    {
      priority: 0,
      text: bullets([
        `Database ${codeSpan(name)}: ${engine}${version === '' ? '' : ` ${escapeInline(version)}`}`,
        `Schema as of ${record.head.slice(0, 7)}; tables ${inWords(record.plan.tables.map((name) => codeSpan(name)))}`,
        ...(task.dependsOn.length > 0 ? [`After ${inWords(task.dependsOn)}`] : []),
        ...(taskFile === undefined ? [] : [`Task file: ${codeSpan(taskFile)}`]),
      ]),
    },
    {
      priority: 0,
      text: isDrafted
        ? ''
        : paragraphs(
            `## What is asked for\n\n${record.paraphrase.map((text) => `- [ ] ${sentence(text)}`).join('\n')}`,
            'No server of this engine is configured, so there is no proven draft and no query to check the result with: the statements are yours, and say in the pull request how you tried them.',
          ),
    },
    {
      priority: 0,
      text: !isDrafted
        ? ''
        : `## Acceptance criteria\n\n${task.criteria.map(({ text }) => `- [ ] ${escapeInline(text)}`).join('\n')}`,
    },
    {
      priority: 1,
      text: !isDrafted
        ? ''
        : paragraphs(
            `The same for a machine. I run each query on a scratch engine after your migration; it has to answer \`true\`.${task.criteria.some(({ estimate }) => estimate !== undefined) ? ' One with an `estimate` is not run: I ask the planner what it costs with that many rows.' : ''}`,
            fence(JSON.stringify({ criteria: task.criteria }, null, 2), 'json'),
          ),
    },
    {
      priority: 1,
      text: !isDrafted
        ? ''
        : paragraphs(
            `## Draft\n\nThe statements that the proof ran${path === undefined ? '' : `, for ${codeSpan(path.up)}`}:`,
            fence(up, 'sql'),
            down !== '' &&
              `The way back${path?.down === undefined ? '' : `, for ${codeSpan(path.down)}`}:\n\n${fence(down, 'sql')}`,
          ),
    },
    {
      priority: 0,
      text: application.length > 0 ? `## What the application does\n\n${bullets(application.map(escapeInline))}` : '',
    },
    {
      priority: 0,
      text: `Open a pull request against the default branch with \`Closes\` and the number of this issue. I review every push${isDrafted ? ' and run it on a real engine' : ''}. \`/db help\` lists what you can ask me here.`,
    },
  ]);
}
