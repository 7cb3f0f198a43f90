import type { DropStmt, Node } from 'libpg-query';
import { nameOfNode } from './names.ts';
import { otherStatement } from './other.ts';
import type { Read, Reading } from './reading.ts';

/** One change per object named. */
export function drop(node: DropStmt, reading: Reading): readonly Read[] {
  const ifExists = node.missing_ok === true;
  const cascade = node.behavior === 'DROP_CASCADE';
  const each = (read: (object: Node) => Read) => (node.objects ?? []).map(read);
  switch (node.removeType) {
    case 'OBJECT_TABLE':
    case 'OBJECT_FOREIGN_TABLE':
      return each((object) => ({ kind: 'drop-table', table: nameOfNode(object), ifExists, cascade }));
    case 'OBJECT_INDEX': {
      const concurrently = node.concurrent === true;
      return each((object) => ({ kind: 'drop-index', index: nameOfNode(object), concurrently, ifExists, cascade }));
    }
    case 'OBJECT_VIEW':
      return each((object) => ({ kind: 'drop-view', view: nameOfNode(object), materialized: false, cascade }));
    case 'OBJECT_MATVIEW':
      return each((object) => ({ kind: 'drop-view', view: nameOfNode(object), materialized: true, cascade }));
    case 'OBJECT_TYPE':
      return each((object) => ({ kind: 'drop-type', type: nameOfNode(object), cascade }));
    case 'OBJECT_SCHEMA':
      return each((object) => ({ kind: 'drop-schema', schema: nameOfNode(object).name, cascade }));
    default:
      return otherStatement(reading);
  }
}
