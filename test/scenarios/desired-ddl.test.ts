import { describe, expect, it } from 'vitest';
import { scenes } from '../support/scene.ts';

const stage = scenes();

const desired = `Our customers should look like this:

\`\`\`sql
CREATE TABLE customers (
  id bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
  email text NOT NULL UNIQUE,
  full_name text NOT NULL,
  created_at timestamptz NOT NULL DEFAULT now(),
  phone text DEFAULT '',
  country text
);
\`\`\`
`;

describe('desired DDL of a table that exists', () => {
  it('is asked about a rename, and planned as what is different, with proof', async () => {
    const scene = await stage.shop();
    const issue = await scene.request('Customers', desired);
    await scene.settle();
    const asked = (await scene.said(issue)).join('\n');
    expect(asked).toContain('The text leaves out the column `customers.name`');
    expect(asked).toContain('Renamed to `full_name`');
    expect(asked).toContain('Renamed to `country`');
    expect(await scene.tasks()).toEqual([]);

    await scene.say('bob', issue, '1: renamed to full_name');
    await scene.settle();
    expect((await scene.said(issue)).join('\n')).toContain('Does running code still use the old name?');
    await scene.say('carol', issue, '2: c');
    await scene.settle();

    const plan = (await scene.said(issue)).find((body) => body.startsWith('## Plan')) ?? '';
    expect(plan).toContain('RENAME COLUMN name TO full_name');
    expect(plan).toContain("ALTER COLUMN phone SET DEFAULT ''");
    expect(plan).toContain('ADD COLUMN IF NOT EXISTS country text');
    expect(plan).toMatch(/## Plan: 3 steps[\s\S]*Proven on PostgreSQL/);
    expect(plan).not.toContain('did not understand');
  });

  it('that takes a column away by a diff waits for a director', async () => {
    const scene = await stage.shop();
    const diff =
      '@@ -3,4 +3,3 @@ CREATE TABLE customers (\n   email text NOT NULL,\n-  phone text,\n   name text NOT NULL,';
    const issue = await scene.request('Phones', `\`\`\`diff\n${diff}\n\`\`\``);
    await scene.settle();
    await scene.say('carol', issue, '1: a');
    await scene.settle();
    expect((await scene.said(issue)).join('\n')).toContain('ALTER TABLE customers DROP COLUMN IF EXISTS phone');
    expect((await scene.issue(issue)).labels).toContain('db:escalated');
    expect(await scene.tasks()).toEqual([]);
  });

  it('that says what is there already leads to no plan, and that is said', async () => {
    const scene = await stage.shop();
    const values = "'new', 'paid', 'shipped', 'cancelled'";
    const issue = await scene.request('States', `\`\`\`sql\nCREATE TYPE order_status AS ENUM (${values});\n\`\`\``);
    await scene.settle();
    expect((await scene.said(issue)).at(-1)).toContain('The type `order_status` is as the text has it already');
  });
});
