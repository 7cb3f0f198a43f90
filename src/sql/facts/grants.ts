import type { ChangeOf } from '../change.ts';
import { display } from '../name.ts';

type Grant = ChangeOf<'grant'>;

/** What a GRANT is on, as a message names it: the objects, or all of a kind in a schema, or those that are still to be made. */
export function grantedOn({ on, objects, schemas = [], future }: Grant): string {
  const where = schemas.length === 0 ? '' : ` in schema ${schemas.map(quoted).join(', ')}`;
  if (future) return `every ${on} that is still to be made${where}`;
  if (objects.length === 0) return `every ${on}${where}`;
  return objects.map((name) => quoted(display(name))).join(', ');
}

/**
 * Whether PUBLIC has all of it anyway (manual, "Privileges", the table of default privileges): USAGE of types and languages,
 * CONNECT and TEMPORARY of databases, USAGE of the schema `public`.
 */
export function isPublicByDefault({ on, privileges, objects }: Grant): boolean {
  if (on === 'type' || on === 'domain' || on === 'language') return true;
  const only = (...names: readonly string[]) => privileges.every((privilege) => names.includes(privilege));
  if (on === 'database') return only('connect', 'temporary', 'temp');
  return on === 'schema' && only('usage') && objects.every(({ name }) => name === 'public');
}

/** Whether it lets every role make objects in a schema. */
export function opensSchema({ on, privileges, grantees }: Grant): boolean {
  return (
    on === 'schema' && grantees.includes('public') && privileges.some((name) => name === 'create' || name === 'all')
  );
}

function quoted(name: string): string {
  return `\`${name}\``;
}
