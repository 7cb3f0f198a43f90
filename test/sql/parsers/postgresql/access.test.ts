import { beforeAll, expect, it } from 'vitest';
import { loadParsers, parse } from '../../../../src/sql/parsers/index.ts';

beforeAll(loadParsers);

const bodies = (sql: string) =>
  parse(sql, 'postgresql').statements.flatMap(({ changes }) => changes.map(({ span: _span, ...body }) => body));

const granted = { kind: 'grant', on: 'table', grantOption: false, future: false };

it.each([
  [
    'CREATE POLICY p ON app.t AS RESTRICTIVE FOR UPDATE TO public, current_user, alice USING (true) WITH CHECK (a = (SELECT 1))',
    [
      {
        kind: 'create-policy',
        table: { schema: 'app', name: 't' },
        policy: 'p',
        command: 'update',
        permissive: false,
        roles: ['public', 'current_user', 'alice'],
        using: 'true',
        withCheck: 'a = (SELECT 1)',
      },
    ],
  ],
  [
    'CREATE POLICY p ON t',
    [{ kind: 'create-policy', table: { name: 't' }, policy: 'p', command: 'all', permissive: true, roles: ['public'] }],
  ],
  [
    'ALTER POLICY p ON t TO bob USING (false)',
    [{ kind: 'alter-policy', table: { name: 't' }, policy: 'p', roles: ['bob'], using: 'false' }],
  ],
  [
    'ALTER POLICY p ON t WITH CHECK (a > 0)',
    [{ kind: 'alter-policy', table: { name: 't' }, policy: 'p', withCheck: 'a > 0' }],
  ],
  [
    'GRANT SELECT (a, b), UPDATE ON t, s.u TO PUBLIC, GROUP g WITH GRANT OPTION',
    [
      {
        ...granted,
        privileges: ['select', 'update'],
        objects: [{ name: 't' }, { schema: 's', name: 'u' }],
        grantees: ['public', 'g'],
        grantOption: true,
      },
    ],
  ],
  ['GRANT ALL PRIVILEGES ON t TO x', [{ ...granted, privileges: ['all'], objects: [{ name: 't' }], grantees: ['x'] }]],
  [
    'GRANT ALL ON ALL TABLES IN SCHEMA a, b TO PUBLIC',
    [{ ...granted, privileges: ['all'], objects: [], schemas: ['a', 'b'], grantees: ['public'] }],
  ],
  [
    'GRANT EXECUTE ON FUNCTION s.f(int) TO x',
    [{ ...granted, privileges: ['execute'], on: 'function', objects: [{ schema: 's', name: 'f' }], grantees: ['x'] }],
  ],
  [
    'GRANT CREATE ON SCHEMA public TO PUBLIC',
    [{ ...granted, privileges: ['create'], on: 'schema', objects: [{ name: 'public' }], grantees: ['public'] }],
  ],
  [
    'GRANT SELECT ON LARGE OBJECT 12 TO x',
    [{ ...granted, privileges: ['select'], on: 'large object', objects: [{ name: '12' }], grantees: ['x'] }],
  ],
  [
    'GRANT SET ON PARAMETER work_mem TO x',
    [{ ...granted, privileges: ['set'], on: 'parameter', objects: [{ name: 'work_mem' }], grantees: ['x'] }],
  ],
  [
    'REVOKE GRANT OPTION FOR SELECT ON t FROM x',
    [
      {
        ...granted,
        kind: 'revoke',
        privileges: ['select'],
        objects: [{ name: 't' }],
        grantees: ['x'],
        grantOption: true,
      },
    ],
  ],
  [
    'ALTER DEFAULT PRIVILEGES FOR ROLE x IN SCHEMA s GRANT ALL ON TABLES TO PUBLIC',
    [{ ...granted, privileges: ['all'], objects: [], schemas: ['s'], grantees: ['public'], future: true }],
  ],
  [
    'GRANT a, b TO c WITH ADMIN OPTION',
    [{ kind: 'grant-role', roles: ['a', 'b'], grantees: ['c'], adminOption: true }],
  ],
  ['GRANT a TO b WITH ADMIN FALSE', [{ kind: 'grant-role', roles: ['a'], grantees: ['b'], adminOption: false }]],
  ['REVOKE ADMIN OPTION FOR a FROM b', [{ kind: 'revoke-role', roles: ['a'], grantees: ['b'], adminOption: true }]],
  [
    "CREATE ROLE r SUPERUSER NOLOGIN PASSWORD 'x' IN ROLE pg_monitor ROLE b ADMIN c",
    [
      { kind: 'create-role', role: 'r', attributes: ['superuser'], password: true },
      { kind: 'grant-role', roles: ['pg_monitor'], grantees: ['r'], adminOption: false },
      { kind: 'grant-role', roles: ['r'], grantees: ['b'], adminOption: false },
      { kind: 'grant-role', roles: ['r'], grantees: ['c'], adminOption: true },
    ],
  ],
  [
    'CREATE USER u CREATEROLE REPLICATION',
    [{ kind: 'create-role', role: 'u', attributes: ['createrole', 'replication', 'login'], password: false }],
  ],
  [
    'ALTER ROLE r NOSUPERUSER BYPASSRLS PASSWORD NULL',
    [{ kind: 'alter-role', role: 'r', attributes: ['bypassrls'], password: false }],
  ],
  ['ALTER GROUP g ADD USER x', [{ kind: 'grant-role', roles: ['g'], grantees: ['x'], adminOption: false }]],
  ['ALTER GROUP g DROP USER x', [{ kind: 'revoke-role', roles: ['g'], grantees: ['x'], adminOption: false }]],
  ['CREATE TRUSTED LANGUAGE plperl HANDLER h', [{ kind: 'create-language', language: 'plperl' }]],
  [
    "CREATE SERVER s FOREIGN DATA WRAPPER postgres_fdw OPTIONS (host 'h', password 'p')",
    [{ kind: 'connect', what: 'SERVER', options: ['host', 'password'] }],
  ],
  [
    "ALTER USER MAPPING FOR x SERVER s OPTIONS (SET password 'b', DROP user)",
    [{ kind: 'connect', what: 'USER MAPPING', options: ['password'] }],
  ],
  [
    "CREATE SUBSCRIPTION s CONNECTION 'host=a password=b' PUBLICATION p",
    [{ kind: 'connect', what: 'SUBSCRIPTION', options: ['host', 'password'] }],
  ],
  ['ALTER SUBSCRIPTION s DISABLE', [{ kind: 'other', what: 'ALTER SUBSCRIPTION' }]],
])('%s', (sql, expected) => {
  expect(bodies(sql)).toEqual(expected);
});
