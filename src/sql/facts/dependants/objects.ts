import { display, keyOf, type ObjectName } from '../../name.ts';

/** Something that can be dropped, or that goes along with it. */
export type SchemaObject =
  | { readonly kind: 'schema' | 'extension'; readonly name: ObjectName }
  | {
      readonly kind: 'table' | 'view' | 'materialized-view' | 'sequence' | 'type' | 'function' | 'index';
      readonly name: ObjectName;
    }
  /** `of`: the table, or the composite type of an attribute. */
  | {
      readonly kind: 'column' | 'default' | 'constraint' | 'trigger' | 'policy' | 'attribute';
      readonly of: ObjectName;
      readonly part: string;
    };

/** The one text by which an object is known. */
export function objectKey(object: SchemaObject): string {
  if ('part' in object) return `${object.kind} ${keyOf(object.of)}.${object.part}`;
  // Views and tables share their names, and one may be asked for by the name of the other.
  const kind = object.kind === 'materialized-view' ? 'view' : object.kind;
  return `${kind} ${kind === 'schema' || kind === 'extension' ? object.name.name : keyOf(object.name)}`;
}

/** The object as a message names it: `view \`order_ids\``, `column \`note\` of \`orders\``. */
export function nameObject(object: SchemaObject): string {
  if ('part' in object) {
    const what = object.kind === 'default' ? 'default of column' : object.kind;
    return `${what} \`${object.part}\` of \`${display(object.of)}\``;
  }
  return `${object.kind.replace('-', ' ')} \`${display(object.name)}\``;
}

/** Several objects in one phrase; of many, the first ones and how many more there are. */
export function nameObjects(objects: readonly SchemaObject[], most = 8): string {
  const names = objects.map(nameObject);
  if (names.length > most) return `${names.slice(0, most).join(', ')} and ${names.length - most} more`;
  return names.length < 2 ? names.join('') : `${names.slice(0, -1).join(', ')} and ${names.at(-1)}`;
}
