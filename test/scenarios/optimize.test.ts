import { describe, expect, it } from 'vitest';
import { scenes } from '../support/scene.ts';

const stage = scenes();

const query = 'SELECT * FROM orders WHERE customer_id = 42 ORDER BY placed_at DESC LIMIT 20';

describe('a slow query', () => {
  it('gets the index that was measured to be best, and the pull request is held against the cost', async () => {
    const scene = await stage.shop();
    const issue = await scene.request(
      'The order list is slow',
      `It should take less than 50 ms.\n\n\`\`\`sql\n${query}\n\`\`\`\n`,
    );
    await scene.settle();
    const plan = (await scene.said(issue)).find((body) => body.startsWith('## Plan')) ?? '';
    expect(plan).toMatch(
      /told of `public\.orders` with 40,000,000 rows, the planner's cost of this query \*\*falls from [\d,]{7,} to \d/,
    );
    expect(plan).toContain('`CREATE INDEX orders_customer_id_placed_at_idx ON orders (customer_id, placed_at)`');
    expect(plan).toContain('then has 3 indexes; about 1.');
    expect(plan).toContain('bytes of write-ahead log more');
    expect(plan).toContain('It does all that `orders_customer_id_idx` does');
    expect(plan).toContain('How many different values there are of orders.customer');
    expect(plan).toContain('Whether it takes less than 50 ms');

    const [task, ...more] = await scene.tasks();
    expect(more).toEqual([]);
    expect(task?.body).toMatch(
      /With 40,000,000 rows in public\.orders, the planner's cost of the query is at most \d+ \(it was [\d,]+\)/,
    );

    const file = 'db/migrations/0013_order_list';
    const down = { [`${file}.down.sql`]: 'DROP INDEX CONCURRENTLY orders_customer_id_placed_at_idx;\n' };
    const up = (columns: string) => ({
      [`${file}.up.sql`]: `CREATE INDEX CONCURRENTLY orders_customer_id_placed_at_idx ON orders (${columns});\n`,
      ...down,
    });
    const wrong = await scene.commit('grace', 'work', up('placed_at'));
    await scene.pull('grace', 'work', `Closes #${task?.number}`);
    await scene.settle();
    expect((await scene.checks(wrong))['database-lead/verify']).toMatchObject({
      conclusion: 'failure',
      title: '2 of 2 acceptance criteria not met',
    });
    const right = await scene.commit('grace', 'work', up('customer_id, placed_at'));
    await scene.settle();
    expect((await scene.checks(right))['database-lead/verify']).toMatchObject({
      conclusion: 'success',
      title: expect.stringContaining('2 criteria met'),
    });
  });

  it('is told that no index helps, with what was tried', async () => {
    const scene = await stage.shop();
    const issue = await scene.request(
      'Speed this up',
      "```sql\nSELECT * FROM orders WHERE status <> 'paid' AND placed_at > '2020-01-01'\n```\n",
    );
    await scene.settle();
    const said = (await scene.said(issue)).find((body) => body.startsWith('## No index helps')) ?? '';
    expect(said).toMatch(/the planner's cost of this query is \*\*[\d,]{7,}\*\* as it is/);
    expect(said).toContain('so I propose none');
    expect(await scene.tasks()).toEqual([]);
    expect((await scene.issue(issue)).labels).toContain('db:blocked');
  });

  it('is explained at the sizes of the configuration', async () => {
    const scene = await stage.shop();
    const issue = await scene.request('Notes', 'Add a nullable text column `note` to `orders`.');
    await scene.settle();
    await scene.say('grace', issue, `/db explain\n\`\`\`sql\n${query}\n\`\`\``);
    await scene.settle();
    const answer = (await scene.said(issue)).at(-1) ?? '';
    expect(answer).toContain('told of `public.orders` with 40,000,000 rows');
    expect(answer).toMatch(/cost=\d{6,}/);
  });
});
