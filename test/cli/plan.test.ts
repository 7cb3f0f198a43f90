import { readdirSync, readFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { describe, expect, it } from 'vitest';
import { planCommand } from '../../src/cli/plan.ts';
import { UsageError } from '../../src/cli/usage.ts';
import { plan } from '../../src/index.ts';
import { run, workspace } from './workspace.ts';

const orders = 'CREATE TABLE orders (id bigint PRIMARY KEY, note text);\n';
const wanted =
  'CREATE TABLE orders (id bigint PRIMARY KEY, remark text);\nCREATE INDEX orders_remark ON orders (remark);\n';

describe('database-lead plan', () => {
  it('prints the example of its documentation', async () => {
    const page = readFileSync(resolve(import.meta.dirname, '../../docs/command-line.md'), 'utf8');
    const section = page.slice(page.indexOf('## `database-lead plan'), page.indexOf('## `database-lead verify'));
    const blocks = [...section.matchAll(/```(\w+)\n(.*?)```/gs)].map(([, kind, text]) => ({ kind, text: text ?? '' }));
    const [current = '', desired = ''] = blocks.filter(({ kind }) => kind === 'sql').map(({ text }) => text);
    const shown = blocks.find(({ kind }) => kind === 'text')?.text;
    const cwd = workspace({ 'current.sql': current, 'desired.sql': desired });
    const { code, stdout, stderr } = await run(['plan', '--current', 'current.sql', '--desired', 'desired.sql'], {
      cwd,
    });
    expect({ code, stderr }).toEqual({ code: 0, stderr: '' });
    const stable = (text = '') => text.replace(/PostgreSQL \S+/, 'PostgreSQL 18').replace(/in [\d.]+ ms/, 'in 1 ms');
    expect(stable(stdout)).toBe(stable(shown));
  });

  it('writes migrations that lead to the desired schema, and never over others', async () => {
    const cwd = workspace({
      'm/000007_a.up.sql': orders,
      'm/000007_a.down.sql': 'DROP TABLE orders;',
      'b.sql': wanted,
    });
    const args = ['plan', '--current', 'm', '--desired', 'b.sql'];
    const { code, stdout, stderr } = await run([...args, '--rename', 'orders.note=remark', '--out', 'm'], { cwd });
    const written = [
      'm/000008_rename_column_orders_note_to_remark.up.sql',
      'm/000008_rename_column_orders_note_to_remark.down.sql',
      'm/000009_build_index_orders_remark_on_orders.up.sql',
      'm/000009_build_index_orders_remark_on_orders.down.sql',
    ];
    expect({ code, stdout }).toEqual({ code: 0, stdout: `${written.join('\n')}\n` });
    expect(stderr).toContain('Proven on PostgreSQL');
    expect(stderr).toContain('deploy them one after the other');
    expect(readdirSync(join(cwd, 'm'))).toHaveLength(6);

    const again = await run([...args, '--format', 'json', '--out', 'm'], { cwd });
    expect(again.code).toBe(0);
    expect(JSON.parse(again.stdout)).toMatchObject({ questions: [], unsupported: [], steps: [], tasks: [] });
    expect(readdirSync(join(cwd, 'm'))).toHaveLength(6);
  });

  it('asks, writes nothing meanwhile, and prints what the function returns', async () => {
    const cwd = workspace({ 'b.sql': wanted });
    const args = ['plan', '--current', '-', '--desired', 'b.sql', '--format', 'json', '--out', 'm'];
    const { code, stdout, stderr } = await run(args, { cwd, input: orders });
    expect(code).toBe(1);
    expect(stderr).toContain('no migration was written');
    expect(readdirSync(cwd)).toEqual(['b.sql']);
    const report = JSON.parse(stdout);
    expect(report.questions).toMatchObject([
      { id: 'rename public.orders.note', to: 'asker', choices: ['rename orders.note=remark', 'drop orders.note'] },
    ]);
    expect(JSON.parse(JSON.stringify(await plan(orders, wanted)))).toEqual(report);
  });

  it('moves columns and tables where it is told to, by an option or in the desired schema', async () => {
    const before =
      'CREATE TABLE users (id bigint PRIMARY KEY, bio text);\nCREATE TABLE logs (id bigint PRIMARY KEY);\n';
    const split = (remark: string) => `CREATE TABLE users (id bigint PRIMARY KEY);
CREATE TABLE profiles (
  user_id bigint PRIMARY KEY REFERENCES users,
  bio text${remark}
);
CREATE SCHEMA app;
CREATE TABLE app.logs (id bigint PRIMARY KEY);
`;
    const cwd = workspace({
      'a.sql': before,
      'b.sql': split(''),
      'c.sql': split(' -- database-lead: moved from users.bio'),
    });
    const args = ['plan', '--current', 'a.sql', '--desired'];
    const asked = await run([...args, 'b.sql'], { cwd });
    expect(asked.code).toBe(1);
    expect(asked.stdout).toContain(
      'Column users.bio is gone, and profiles.bio (of the same type, text; profiles refers to users by user_id) is new: did it move',
    );
    for (const option of ['--move users.bio=profiles.bio', '--drop users.bio', '--rename logs=app.logs', '--drop logs'])
      expect(asked.stdout).toContain(`     ${option}\n`);

    const table = ['--rename', 'logs=app.logs'];
    const moved = await run([...args, 'b.sql', ...table, '--move', 'users.bio=profiles.bio'], { cwd });
    expect(moved.code).toBe(0);
    expect(moved.stdout).toContain('Move table logs to schema app, and keep the old name as a view');
    expect(moved.stdout).toContain('Drop users.bio, whose values have moved to profiles');
    expect(moved.stdout).toContain('The application must read and write profiles.bio instead of users.bio');
    expect(moved.stdout).toMatch(/Proven on PostgreSQL \S+ with 40 made-up rows/);
    const remarked = await run([...args, 'c.sql', ...table], { cwd });
    const stable = (text: string) => text.replace(/in [\d.]+ ms/, '');
    expect(stable(remarked.stdout)).toBe(stable(moved.stdout));
    expect(stable(moved.stdout)).not.toContain('deletes data');
  });

  it('says that other engines are not planned', async () => {
    const cwd = workspace({ 'mysql/a.sql': orders, 'b.sql': wanted });
    const { code, stdout } = await run(['plan', '--current', 'mysql', '--desired', 'b.sql'], { cwd });
    expect(code).toBe(1);
    expect(stdout).toBe(
      'Not planned:\n- MySQL: plans are made for PostgreSQL only\n\nnot executed: no MySQL server configured\n',
    );
  });

  it('exits 2 where a schema cannot be read', async () => {
    const { code, stdout, stderr } = await run(['plan', '--current', 'a.sql', '--desired', 'b.sql'], {
      cwd: workspace({ 'a.sql': orders, 'b.sql': 'CREATE TABEL x;' }),
    });
    expect({ code, stdout }).toEqual({ code: 2, stdout: '' });
    expect(stderr).toContain('b.sql:1:8: syntax error at or near "TABEL"\nCorrect it');
  });

  it.each<[readonly string[], string, string]>([
    [[], 'no current schema named', 'Usage: database-lead plan'],
    [['--current', 'a.sql'], 'no desired schema named', 'Usage: database-lead plan'],
    [['a.sql'], '"a.sql" belongs to no option', 'Usage: database-lead plan'],
    [['--current', '-', '--desired', '-'], 'standard input cannot be both schemas', 'Name a file for one of them'],
    [['--current', 'a.sql', '--desired', 'gone.sql'], 'cannot read gone.sql', 'Name a file'],
    [['--current', 'a.sql', '--desired', 'bad.sql'], 'bad.sql:2:8: syntax error at or near "TABEL"', 'Correct it'],
    [['--current', 'bin.sql', '--desired', 'a.sql'], 'bin.sql: the file is binary', 'the whole of both schemas'],
    [['--current', 'a.sql', '--desired', 'empty.sql'], 'empty.sql makes nothing', 'what is to go is left out of it'],
    [['--current', 'a.sql', '--desired', 'more.sql'], 'more.sql:1:1: \\i other.sql brings in', 'Give one file'],
    [
      ['--current', 'a.sql', '--desired', 'lost.sql'],
      'lost.sql:2: "database-lead: renamed form x"',
      'renamed from NAME',
    ],
    [
      ['--current', 'a.sql', '--desired', 'b.sql', '--rename', 'orders.nte=remark'],
      '--rename orders.nte=remark: orders.nte is not in the current schema',
      'Did you mean orders.note?',
    ],
    [
      ['--current', 'a.sql', '--desired', 'b.sql', '--rows', 'ordrs=3'],
      'rows of ordrs: ordrs is a table of neither schema',
      'Did you mean orders?',
    ],
    [['--current', 'a.sql', '--desired', 'b.sql', '--rename', 'x'], '--rename x: there is no = in it', 'OLD=NEW'],
    [['--current', 'a.sql', '--desired', 'b.sql', '--move', 'orders.note'], 'there is no = in it', 'TABLE.COLUMN='],
    [['--current', 'a.sql', '--desired', 'b.sql', '--move', 'orders=a.b'], '"orders" names no column', 'such as'],
    [['--current', 'a.sql', '--desired', 'b.sql', '--move', 'orders.note=a'], '"a" names no column', 'such as'],
    [
      ['--current', 'a.sql', '--desired', 'split.sql', '--move', 'orders.nte=notes.note'],
      '--move orders.nte=notes.note: orders.nte is not in the current schema',
      'Did you mean orders.note?',
    ],
    [
      ['--current', 'a.sql', '--desired', 'split.sql', '--move', 'orders.note=notes.short'],
      'orders.note is text and notes.short is character varying(9)',
      'Correct it',
    ],
    [
      ['--current', 'a.sql', '--desired', 'split.sql', '--move', 'orders.note=apart.note'],
      'nothing says which row of apart belongs to one of orders',
      'Correct it',
    ],
    [['--current', 'a.sql', '--desired', 'b.sql', '--fill', 'orders.x=1; DROP'], 'not one SQL expression', 'Use TABLE'],
    [
      ['--current', 'a.sql', '--desired', 'b.sql', '--fill', 'orders=1'],
      '"orders" names no column',
      'Use TABLE.COLUMN',
    ],
    [['--current', 'a.sql', '--desired', 'b.sql', '--drop', 'a..b'], '--drop a..b: "a..b" is no name', 'such as'],
    [['--current', 'a.sql', '--desired', 'b.sql', '--rows', 'orders=many'], '"many" is no number', 'Use TABLE=N'],
  ])('%j names the mistake and the remedy', async (args, mistake, remedy) => {
    const cwd = workspace({
      'a.sql': orders,
      'b.sql': wanted,
      'bad.sql': '\nCREATE TABEL x;',
      'bin.sql': '\0',
      'empty.sql': "-- nothing\nSET statement_timeout = 0;\nSELECT pg_catalog.set_config('search_path', '', false);",
      'more.sql': '\\i other.sql\nCREATE TABLE orders (id int);',
      'split.sql':
        'CREATE TABLE orders (id bigint PRIMARY KEY); CREATE TABLE notes (id bigint PRIMARY KEY REFERENCES orders, note text, short varchar(9)); CREATE TABLE apart (x int PRIMARY KEY, note text);',
      'lost.sql': 'CREATE TABLE orders (\n  id int -- database-lead: renamed form x\n);',
    });
    const before = process.cwd();
    process.chdir(cwd);
    const thrown = await planCommand(args, 'database-lead plan').catch((error) => error);
    process.chdir(before);
    expect(thrown).toBeInstanceOf(UsageError);
    expect(thrown.message).toContain(mistake);
    expect(thrown.remedy).toContain(remedy);
  });
});

describe('plan', () => {
  it('refuses options that are not allowed, and says where they are', async () => {
    const refused = (options: Parameters<typeof plan>[2]) =>
      plan(orders, wanted, options).catch((error) => error.message);
    expect(await refused({ renames: { 'orders.note': 'a.b.c.d' } })).toBe('renames.orders.note: "a.b.c.d" is no name');
    expect(await refused({ renames: ['orders.note'] })).toBe('renames orders.note: there is no = in it');
    expect(await refused({ moves: { 'orders.note': 'remark' } })).toBe('moves.orders.note: "remark" names no column');
    expect(await refused({ rows: { orders: -1 } })).toBe('rows.orders: "-1" is no number');
    expect(await refused({ drops: ['orders.id'] })).toBe(
      'drops orders.id: orders.id is still in the desired schema, so it is not dropped',
    );
    expect(await refused({ engine: 'oracle' as never })).toBe('engine is "oracle"');
    await expect(plan('CREATE TABEL a;', wanted)).rejects.toThrow('<current>:1:8: syntax error');
    await expect(plan(orders, '')).rejects.toThrow('<desired> makes nothing');
  });
});
