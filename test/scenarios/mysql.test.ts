import { describe, expect, it } from 'vitest';
import { configFile, scenes } from '../support/scene.ts';

const stage = scenes();

const files = {
  [configFile]: `databases:
  - { name: shop, engine: mysql, version: "8.0", migrations: db/migrations, tables: { orders: { rows: 40000000 } } }
roles: { project-manager: [bob] }
specialists:
  database-specialist: { engines: ["*"], assignees: [grace] }
  mysql-specialist: { engines: [mysql, mariadb], assignees: [heidi] }
sign-off: []
`,
  'db/migrations/0001_orders.up.sql':
    'CREATE TABLE `orders` (\n  `id` bigint NOT NULL AUTO_INCREMENT,\n  `placed_at` datetime NOT NULL,\n  PRIMARY KEY (`id`)\n) ENGINE=InnoDB;\n',
  'db/migrations/0001_orders.down.sql': 'DROP TABLE `orders`;\n',
};

describe('a MySQL history', () => {
  it('has its pull requests reviewed by the MySQL rules, and says that nothing was executed', async () => {
    const scene = await stage.repository(files);
    const head = await scene.commit('heidi', 'work', {
      'db/migrations/0002_more.up.sql':
        'ALTER TABLE `orders` ADD COLUMN `note` varchar(40);\nDELETE FROM `orders`;\nCREATE TABLE `notes` (`text` varchar(10)) ENGINE=InnoDB;\n',
    });
    const pull = await scene.pull('heidi', 'work');
    await scene.settle();
    const threads = await scene.threads(pull);
    const said = (rule: string) => threads.find(({ body }) => body.includes(rule))?.line;
    expect(said('online-ddl-clause')).toBe(1);
    expect(said('delete-without-where')).toBe(2);
    expect(said('require-primary-key')).toBe(3);
    const checks = await scene.checks(head);
    expect(checks['database-lead/verify']).toMatchObject({
      conclusion: 'neutral',
      title: 'not executed: no MySQL server configured',
    });
    expect(checks['database-lead']).toMatchObject({ conclusion: 'failure' });
  });

  it('has its tasks handed to the MySQL specialist, and is finished when these are merged', async () => {
    const scene = await stage.repository(files);
    const issue = await scene.request('Notes', 'Add a nullable `note varchar(40)` column to `orders`.');
    await scene.settle();
    const tasks = await scene.tasks();
    expect(tasks).toHaveLength(1);
    const task = tasks[0]?.number ?? 0;
    expect(await scene.issue(task)).toMatchObject({ assignees: ['heidi'] });
    expect(tasks[0]?.body).toContain('**mysql-specialist**');
    const plan = (await scene.said(issue)).find((body) => body.startsWith('## Plan')) ?? '';
    expect(plan).toContain('**Not executed**');
    expect(plan).not.toMatch(/proven on/i);

    const head = await scene.commit('heidi', 'work', {
      'db/migrations/0002_note.up.sql': 'ALTER TABLE `orders` ADD COLUMN `note` varchar(40), ALGORITHM=INSTANT;\n',
      'db/migrations/0002_note.down.sql': 'ALTER TABLE `orders` DROP COLUMN `note`, ALGORITHM=INSTANT;\n',
    });
    const pull = await scene.pull('heidi', 'work', `Closes #${task}`);
    await scene.settle();
    expect((await scene.checks(head))['database-lead']).toMatchObject({ conclusion: 'neutral' });
    await scene.merge('heidi', pull);
    await scene.settle(issue);
    expect(await scene.issue(issue)).toMatchObject({ state: 'closed', labels: ['database', 'db:done'] });
    expect((await scene.said(issue)).find((body) => body.startsWith('## Done'))).toContain(
      'no MySQL server configured',
    );
  });

  it('waits for a director where data is to go', async () => {
    const scene = await stage.repository(files);
    const issue = await scene.request('Clean up', 'Drop the column `placed_at` from `orders`.');
    await scene.settle();
    await scene.say('alice', issue, '1: a');
    await scene.settle();
    expect(await scene.tasks()).toEqual([]);
    expect((await scene.issue(issue)).labels).toContain('db:escalated');
  });
});
