import type { Config } from './config.ts';

/**
 * What holds where the file says nothing. No environments: a repository that does not deploy through GitHub would wait for
 * them forever. Sign-offs: a role that nobody is mapped to is open to everyone with write access, so these can be given.
 */
export const defaults: Config = {
  labels: { request: 'database' },
  databases: [],
  roles: {},
  specialists: [
    { name: 'database-specialist', engines: ['*'], assignees: [] },
    { name: 'mysql-specialist', engines: ['mysql', 'mariadb'], assignees: [] },
  ],
  review: {
    requestChanges: false,
    approve: false,
    maxThreads: 25,
    quiet: false,
    rules: {},
    ruleOptions: {},
    paths: [],
    pathsIgnore: [],
  },
  plan: { approval: 'destructive' },
  signOff: ['backend-lead', 'qa-lead'],
  environments: [],
  staleDays: 5,
};
