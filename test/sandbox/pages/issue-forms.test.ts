import { describe, expect, it } from 'vitest';
import { bodyOf, readForm } from '../../../src/sandbox/pages/issue-forms.ts';

const source = `
name: Database change
description: Ask
title: "[db] "
labels: database, urgent
body:
  - type: markdown
    attributes: { value: Hello }
  - type: input
    id: table
    attributes: { label: Table }
    validations: { required: true }
  - type: textarea
    attributes: { label: SQL, render: sql }
  - type: textarea
    id: why
    attributes: { label: Why }
  - type: dropdown
    id: kind
    attributes: { label: Kind, multiple: true, options: [Add, 2] }
  - type: checkboxes
    id: sure
    attributes: { label: Sure, options: [{ label: I looked, required: true }, { label: Urgent }] }
  - type: unknown
`;

describe('an issue form', () => {
  it('is read from its YAML', () => {
    const form = readForm('db.yml', source);
    expect(form).toMatchObject({
      file: 'db.yml',
      name: 'Database change',
      title: '[db] ',
      labels: ['database', 'urgent'],
    });
    expect(form?.body.map((element) => ('id' in element ? [element.type, element.id] : element.type))).toEqual([
      'markdown',
      ['input', 'table'],
      ['textarea', 'field-2'],
      ['textarea', 'why'],
      ['dropdown', 'kind'],
      ['checkboxes', 'sure'],
    ]);
  });

  it('becomes the body that GitHub makes of it', () => {
    const form = readForm('db.yml', source);
    const answers: Record<string, string[]> = {
      table: ['orders '],
      'field-2': ['SELECT 1;\n'],
      kind: ['Add', '2'],
      sure: ['I looked'],
    };
    expect(form && bodyOf(form, (id) => answers[id] ?? [])).toBe(
      '### Table\n\norders\n\n### SQL\n\n```sql\nSELECT 1;\n```\n\n### Why\n\n_No response_\n\n### Kind\n\nAdd, 2\n\n### Sure\n\n- [x] I looked\n- [ ] Urgent',
    );
  });

  it.each([
    ['no YAML', 'name: [', null],
    ['no form', 'just: text', null],
    ['a list', '- a', null],
    ['without a name', 'body: []', null],
    [
      'with odd elements',
      'name: x\nbody: [1, null, {type: input}, {type: dropdown, attributes: {options: [null]}}]',
      2,
    ],
  ])('%s', (_, text, elements) => {
    expect(readForm('x.yml', text)?.body.length ?? null).toBe(elements);
  });
});
