import type { Description } from '../../sql/description.ts';
import type { Session } from '../session.ts';
import { catalogOf } from './catalog/index.ts';
import { objectsOf, readRows } from './objects/index.ts';

/** Reads the schema as its engine describes it, inside an open transaction as well as outside. */
export async function introspect(session: Session): Promise<Description> {
  const rows = await readRows(session);
  const objects = objectsOf(rows);
  return { catalog: catalogOf(rows, objects), objects };
}
