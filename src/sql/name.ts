/** The name of a schema object as it was written: without a schema, the engine's default schema is meant. */
export interface ObjectName {
  readonly schema?: string;
  readonly name: string;
}

/** The schema that an unqualified name means in a catalog: `public` (PostgreSQL's initial search_path). */
export const defaultSchema = 'public';

/** The one text by which a catalog knows an object: `schema.name`. */
export function keyOf(name: ObjectName): string {
  return `${name.schema ?? defaultSchema}.${name.name}`;
}

/** The name as a person writes it: the default schema is left out. */
export function display(name: ObjectName): string {
  return name.schema === undefined || name.schema === defaultSchema ? name.name : `${name.schema}.${name.name}`;
}
