export type Role = 'admin' | 'maintain' | 'write' | 'triage' | 'read' | 'none';

/** A person, an organization, or the bot user of an App (`slug[bot]`). */
export interface Account {
  id: number;
  login: string;
  type: 'User' | 'Organization' | 'Bot';
  name: string | null;
  createdAt: string;
}

export type Level = 'read' | 'write' | 'admin';

/** Permission name (as in an App's manifest, for example `pull_requests`) to level. */
export type Permissions = Record<string, Level>;

export interface App {
  id: number;
  slug: string;
  name: string;
  owner: string;
  /** Login of the bot user that acts for the App. */
  bot: string;
  clientId: string;
  /** PEM, PKCS #1 as GitHub hands it out. */
  privateKey: string;
  publicKey: string;
  webhookUrl: string | null;
  webhookSecret: string;
  permissions: Permissions;
  events: string[];
  createdAt: string;
}

export interface Installation {
  id: number;
  appId: number;
  /** Login of the account it is installed on. */
  account: string;
  permissions: Permissions;
  events: string[];
  repositorySelection: 'all' | 'selected';
  /** Empty when every repository of the account is selected. */
  repositoryIds: number[];
  suspendedAt: string | null;
  createdAt: string;
}

export interface InstallationToken {
  token: string;
  installationId: number;
  permissions: Permissions;
  /** `null`: every repository of the installation. */
  repositoryIds: number[] | null;
  /** Milliseconds of the wall clock: clients cache tokens by the wall clock, whatever the sandbox's clock says. */
  expiresAt: number;
}
