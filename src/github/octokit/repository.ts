import type { Repository } from '../port.ts';
import type { Connection } from './connection.ts';
import { reading } from './reading.ts';
import { writing } from './writing.ts';

/** The port over one installation's Octokit. */
export function octokitRepository(connection: Connection): Repository {
  const { at, app, without } = connection;
  return { ...at, bot: `${app.slug}[bot]`, without, ...reading(connection), ...writing(connection) };
}
