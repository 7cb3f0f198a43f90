import { readFileSync } from 'node:fs';
import { resolve } from 'node:path';
import { describe, expect, it } from 'vitest';
import { defaultLabels, formLabels } from '../../src/requests/form/labels.ts';
import { outcome } from './shop.ts';

const ours = readFileSync(resolve(import.meta.dirname, '../../.github/ISSUE_TEMPLATE/database-change.yml'), 'utf8');

/** A body as GitHub makes it of a form. */
const submitted = (fields: Readonly<Record<string, string>>) =>
  Object.entries(fields)
    .map(([label, value]) => `### ${label}\n\n${value}`)
    .join('\n\n');

describe('the form of this repository', () => {
  it('has exactly the labels that are known without reading it', () => {
    expect(formLabels(ours)).toEqual(defaultLabels);
  });
});

describe('a submitted form', () => {
  const rows: readonly (readonly [
    string,
    string,
    Parameters<typeof outcome>[2],
    Partial<ReturnType<typeof outcome>>,
  ])[] = [
    [
      'every field',
      submitted({
        'What should change?': 'Add a `note` column to orders.',
        'Desired SQL': '```sql\nCREATE INDEX ON orders (status);\n```',
        'Existing rows': "Set status to 'new' for existing orders.",
        'Slow query': '```sql\nselect * from orders where status = 1::text\n```',
        'Target time': '150 ms',
        'Engine and version': 'PostgreSQL 17',
        'Why is it needed?': 'We should drop the orders table one day.',
      }),
      {},
      {
        wants: [
          'CREATE INDEX ON orders (status)',
          'ALTER TABLE orders ADD COLUMN note text',
          "UPDATE orders SET status = 'new' WHERE status IS NULL",
          'select * from orders where status = 1::text -- under 150 ms',
        ],
      },
    ],
    [
      'empty fields',
      submitted({
        'What should change?': 'Add a `note` column to orders.',
        'Desired SQL': '_No response_',
        'Slow query': '_No response_',
        'Target time': '_No response_',
      }),
      {},
      { wants: ['ALTER TABLE orders ADD COLUMN note text'] },
    ],
    [
      'capitals, emoji and asterisks in labels',
      '### 🚀 WHAT should change? *\n\nAdd a `note` column to orders.\n\n### why is it NEEDED? *\n\nDrop the orders table.',
      {},
      { wants: ['ALTER TABLE orders ADD COLUMN note text'] },
    ],
    [
      'CRLF',
      submitted({
        'What should change?': 'Add a `note` column to orders.',
        'Why is it needed?': 'Drop it.',
      }).replaceAll('\n', '\r\n'),
      {},
      { wants: ['ALTER TABLE orders ADD COLUMN note text'] },
    ],
    [
      'a heading inside a fence is text',
      '### Why is it needed?\n\n```\n### What should change?\n\nDrop the products table\n```\n\n### What should change?\n\nAdd a `note` column to orders.',
      {},
      { wants: ['ALTER TABLE orders ADD COLUMN note text'] },
    ],
    [
      'unknown sections are kept',
      '### What should change?\n\nAdd a `note` column to orders.\n\n### Anything else\n\nMake orders.total optional. Add an index on orders.status.',
      {},
      { wants: ['ALTER TABLE orders ADD COLUMN note text', 'CREATE INDEX ON orders (status)'] },
    ],
    [
      'SQL without a fence',
      '### Desired SQL\n\nALTER TABLE orders ADD COLUMN x int;\n\n### Slow query\n\nselect * from products',
      {},
      { wants: ['ALTER TABLE orders ADD COLUMN x integer', 'select * from products'] },
    ],
    [
      'a target without a query asks for nothing',
      '### What should change?\n\nAdd a `note` column to orders.\n\n### Target time\n\n200 ms',
      {},
      { wants: ['ALTER TABLE orders ADD COLUMN note text'] },
    ],
    ['no form at all', 'Add a `note` column to orders.', {}, { wants: ['ALTER TABLE orders ADD COLUMN note text'] }],
    [
      'the labels of another form',
      submitted({
        'Was soll sich ändern?': 'Add a `note` column to orders.',
        Warum: 'We should drop the orders table.',
        Abfrage: 'select * from products',
      }),
      {
        form: formLabels(
          'body:\n- {type: textarea, id: change, attributes: {label: "Was soll sich ändern?"}}\n- {type: textarea, id: reason, attributes: {label: Warum}}\n- {type: textarea, id: slow_query, attributes: {label: Abfrage}}\n',
        ) as NonNullable<ReturnType<typeof formLabels>>,
      },
      { wants: ['ALTER TABLE orders ADD COLUMN note text', 'select * from products'] },
    ],
  ];
  it.each(rows)('%s', (_name, body, more, { wants = [], asks = [], unread = [] }) => {
    expect(outcome(body, {}, more)).toEqual({ wants, asks, unread });
  });
});

describe('formLabels', () => {
  it.each([
    '',
    'a: [',
    'name: x',
    'body: 3',
    '- 1',
    'body: [1, {id: x}, {id: change}, {id: change, attributes: {label: 7}}]',
  ])('reads nothing from %j', (text) => {
    expect([...(formLabels(text) ?? [])]).toEqual([]);
  });
});
