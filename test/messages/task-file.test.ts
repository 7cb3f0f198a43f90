import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import {
  parseTaskFile,
  renderTaskFile,
  type TaskChanges,
  type TaskFile,
  taskId,
  taskStatus,
  updateTaskFile,
} from '../../src/messages/task-file.ts';

const task: TaskFile = {
  id: 'TASK-DBLEAD-20261123-104500',
  title: 'Add a "priority" to orders',
  status: taskStatus.toDo,
  type: '🗄️ Database',
  priority: 'high',
  createdDate: '2026-11-23T10:45:00Z',
  updatedDate: '2026-11-23T10:45:00Z',
  assignedTo: 'database-specialist',
  coordinator: 'database-lead',
  parentTask: '#12',
  dependsOn: [],
  relatedDocs: ['https://example.com/issues/12'],
  tags: ['postgresql', 'main'],
  description: 'Orders need a priority.\n\n```sql\n## not a heading\nSELECT 1;\n```',
  acceptanceCriteria: [
    { text: '`orders.priority` exists', done: false },
    { text: 'it is required', done: true },
  ],
  checklist: [{ text: 'T1: expand', done: false }],
  log: [{ at: '2026-11-23T10:45:00Z', text: 'plan posted' }],
};

function parsed(text: string): TaskFile {
  const result = parseTaskFile(text);
  if (result.kind !== 'task') throw new Error(result.problem);
  return result.task;
}

describe('a task file', () => {
  it('is TOML between +++ and Markdown sections', () => {
    expect(renderTaskFile(task)).toBe(`+++
id = "TASK-DBLEAD-20261123-104500"
title = "Add a \\"priority\\" to orders"
status = "🟡 To Do"
type = "🗄️ Database"
priority = "high"
created_date = "2026-11-23T10:45:00Z"
updated_date = "2026-11-23T10:45:00Z"
assigned_to = "database-specialist"
coordinator = "database-lead"
parent_task = "#12"
depends_on = []
related_docs = [ "https://example.com/issues/12" ]
tags = [ "postgresql", "main" ]
+++

# Add a "priority" to orders

## Description

Orders need a priority.

\`\`\`sql
## not a heading
SELECT 1;
\`\`\`

## Acceptance Criteria

- [ ] \`orders.priority\` exists
- [x] it is required

## Checklist

- [ ] T1: expand

## Log

- 2026-11-23T10:45:00Z: plan posted
`);
  });

  it('is named after its instant, in UTC', () => {
    expect(taskId({ now: () => new Date('2026-01-02T03:04:05.678+02:00') })).toBe('TASK-DBLEAD-20260102-010405');
  });

  it('comes back as it was rendered', () => {
    expect(parsed(renderTaskFile(task))).toEqual(task);
    fc.assert(
      fc.property(tasks, (any) => {
        expect(parsed(renderTaskFile(any))).toEqual(any);
      }),
    );
  });

  it('keeps its sections whatever the description holds', () => {
    fc.assert(
      fc.property(
        fc.array(fc.constantFrom('# a', '## Log', '## Checklist', '- [x] b', '```', '~~~~', '+++', 'text')),
        (lines) => {
          const rendered = renderTaskFile({ ...task, description: lines.join('\n') });
          const { acceptanceCriteria, checklist, log } = parsed(rendered);
          expect({ acceptanceCriteria, checklist, log }).toEqual({
            acceptanceCriteria: task.acceptanceCriteria,
            checklist: task.checklist,
            log: task.log,
          });
        },
      ),
    );
  });
});

const word = fc.stringMatching(/^[A-Za-z0-9"'#=\\é🐘]{1,8}$/u);
const words = fc.array(word, { minLength: 1, maxLength: 4 }).map((some) => some.join(' '));
const items = fc.uniqueArray(fc.record({ text: words, done: fc.boolean() }), {
  selector: ({ text }) => text,
  maxLength: 4,
});
const headText = fc.oneof(
  words,
  fc.string({ unit: 'grapheme' }),
  fc.constantFrom('+++', '"""', "'''", 'a\nb', '\u007f', '\\'),
);
const head = {
  id: headText,
  title: headText,
  status: fc.constantFrom(...Object.values(taskStatus)),
  type: headText,
  priority: headText,
  createdDate: headText,
  updatedDate: headText,
  assignedTo: headText,
  coordinator: headText,
  parentTask: headText,
  dependsOn: fc.array(words),
  relatedDocs: fc.array(words),
  tags: fc.array(words),
};
const logLines = fc.uniqueArray(
  fc.record({ at: fc.constantFrom('2026-11-23T10:45:00Z', '2026-11-24T00:00:00Z'), text: words }),
  {
    selector: ({ at, text }) => at + text,
    maxLength: 4,
  },
);
const tasks = fc.record({
  ...head,
  description: words.map((some) => `About ${some}`),
  acceptanceCriteria: items,
  checklist: items,
  log: logLines,
});

const byHand = `+++
# The team's own remarks
id = "TASK-DBLEAD-20261123-104500"   # never change this
title = 'Add a priority'
status = "🟡 To Do" # set by the App
"priority"="high"
estimate = """
two days = "maybe"
status = "not this one"
"""
tags = [
  "ours", # ] not the end
  "postgresql",
]
created_date = 2026-11-23
updated_date = ""

[team]
status = "another"
members = ["a", "b"]
+++

Some words before.

## Description
By hand.

## Acceptance Criteria

* [X] \`orders.priority\` exists
- [ ] it is required
   - a remark

### Sub-heading
- [ ] and one of ours

## Our Notes
- [ ] it is required

## Log

- 2026-11-23T10:45:00Z: plan posted
- yesterday: we talked

## Appendix
The end, without a line end`;

describe('an update', () => {
  const changes: TaskChanges = {
    status: taskStatus.done,
    updatedDate: '2026-11-24T00:00:00Z',
    coordinator: 'database-lead',
    tags: ['postgresql', 'main'],
    acceptanceCriteria: [
      { text: '`orders.priority` exists', done: false },
      { text: 'it is required', done: true },
      { text: 'a new one', done: false },
    ],
    log: [
      { at: '2026-11-23T10:45:00Z', text: 'plan posted' },
      { at: '2026-11-24T00:00:00Z', text: 'closed' },
    ],
  };

  it('touches what changed and nothing else', () => {
    const expected = byHand
      .replace('"🟡 To Do" # set', '"🟢 Done" # set')
      .replace('updated_date = ""\n', 'updated_date = "2026-11-24T00:00:00Z"\ncoordinator = "database-lead"\n')
      .replace(/\[\n {2}"ours"[\s\S]*?\n\]/, '[ "ours", "postgresql", "main" ]')
      .replace('- [ ] it is required', '- [x] it is required')
      .replace('- [ ] and one of ours', '- [ ] and one of ours\n- [ ] a new one')
      .replace('- yesterday: we talked', '- yesterday: we talked\n- 2026-11-24T00:00:00Z: closed');
    expect(updateTaskFile(byHand, changes)).toBe(expected);
  });

  it('made twice changes nothing the second time', () => {
    const once = updateTaskFile(byHand, changes);
    expect(updateTaskFile(once, changes)).toBe(once);
    fc.assert(
      fc.property(tasks, tasks, (before, after) => {
        const updated = updateTaskFile(renderTaskFile(before), after);
        expect(updateTaskFile(updated, after)).toBe(updated);
      }),
    );
  });

  it('of nothing is the same file, byte for byte, whatever the file is', () => {
    fc.assert(
      fc.property(
        fc.oneof(fc.string({ unit: 'binary' }), fc.constantFrom(byHand, '', '+++', '+++\n+++', '+++\nx\n+++\n')),
        (text) => {
          expect(updateTaskFile(text, {})).toBe(text);
        },
      ),
    );
  });

  it('reaches what was asked for, and keeps every line that was there', () => {
    fc.assert(
      fc.property(tasks, tasks, fc.constantFrom('\n', '\r\n'), (before, after, eol) => {
        const existing = renderTaskFile(before).replaceAll('\n', eol);
        const { description: _, ...changes } = after;
        const updated = updateTaskFile(existing, changes);
        const read = parsed(updated);
        expect(read).toMatchObject({ id: after.id, title: after.title, status: after.status, type: after.type });
        expect(read.tags).toEqual(expect.arrayContaining([...before.tags, ...after.tags]));
        for (const { text, done } of after.acceptanceCriteria)
          if (done) expect(read.acceptanceCriteria).toContainEqual({ text, done });
        for (const item of before.acceptanceCriteria)
          if (item.done) expect(read.acceptanceCriteria).toContainEqual(item);
        expect(read.log).toEqual(expect.arrayContaining([...before.log, ...after.log]));
        expect(updated.replaceAll('\r\n', '').includes('\n')).toBe(eol === '\n');
      }),
    );
  });

  it.each([
    ['no head', 'Just text\n', 'Just text\n\n## Log\n\n- t: closed\n'],
    [
      'a head that is not TOML',
      '+++\nstatus = done\n+++\n## Log\n',
      '+++\nstatus = done\n+++\n## Log\n\n- t: closed\n',
    ],
    ['an empty head', '+++\n+++\n', '+++\nstatus = "🟢 Done"\n+++\n\n## Log\n\n- t: closed\n'],
    ['nothing', '', '\n## Log\n\n- t: closed\n'],
    [
      'a table first',
      '+++\n[a]\nstatus = 1\n+++\n## Log\n- a: b\n\nx',
      '+++\nstatus = "🟢 Done"\n[a]\nstatus = 1\n+++\n## Log\n- a: b\n\nx\n- t: closed\n',
    ],
  ])('copes with %s', (_what, existing, expected) => {
    expect(updateTaskFile(existing, { status: taskStatus.done, log: [{ at: 't', text: 'closed' }] })).toBe(expected);
  });
});

describe('reading', () => {
  it('takes what people wrote', () => {
    expect(parsed(byHand)).toMatchObject({
      title: 'Add a priority',
      createdDate: '2026-11-23',
      tags: ['ours', 'postgresql'],
      coordinator: '',
      description: 'By hand.',
      acceptanceCriteria: [
        { text: '`orders.priority` exists', done: true },
        { text: 'it is required', done: false },
        { text: 'and one of ours', done: false },
      ],
    });
  });

  it.each([
    ['', 'there is no head between two lines of +++'],
    ['# Title', 'there is no head between two lines of +++'],
    ['+++\nid = "x"\n', 'there is no head between two lines of +++'],
    ['+++\nid = x\n+++\n', expect.stringContaining('the head is not TOML')],
  ])('says why it cannot read %j', (text, problem) => {
    expect(parseTaskFile(text)).toEqual({ kind: 'unreadable', problem });
  });

  it('takes a byte order mark, CRLF and values of other types', () => {
    expect(parsed('\ufeff+++\r\nid = 7\r\ntags = "one"\r\n+++\r\n## Log\r\n- t: x\r\n')).toMatchObject({
      id: '7',
      tags: ['one'],
      log: [{ at: 't', text: 'x' }],
    });
  });
});
