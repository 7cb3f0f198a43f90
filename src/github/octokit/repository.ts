import type { Repository } from '../port.ts';
import type { Connection } from './connection.ts';
import { reading } from './reading.ts';
import { writing } from './writing.ts';

/** The port over one installation's Octokit. */
export function octokitRepository(connection: Connection): Repository {
  const { at, app, lacking } = connection;
  return { ...at, bot: `${app.slug}[bot]`, without: lacking.features, ...reading(connection), ...writing(connection) };
}
