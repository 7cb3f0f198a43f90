/**
 * The checks of strong_migrations, by the headings of its README, and our rules for what they are about. A gem that runs inside
 * Rails knows the migration's method; here the SQL that the method sends is read.
 */
export const strongMigrations: Readonly<Record<string, readonly string[]>> = {
  'Removing a column': ['drop-column'],
  'Changing the type of a column': ['column-type-rewrite'],
  'Renaming a column': ['rename-column'],
  'Renaming a table': ['rename-table'],
  'Renaming a schema': ['rename-schema'],
  'Creating a table with the force option': ['drop-table', 'drop-cascade'],
  'Adding an auto-incrementing column': ['serial-or-identity-rewrite'],
  'Adding a stored generated column': ['stored-generated-rewrite'],
  'Adding a check constraint': ['check-not-valid'],
  'Backfilling data': ['backfill-in-one-statement'],
  'Adding an index non-concurrently': ['require-concurrent-index'],
  'Removing an index non-concurrently': ['require-concurrent-index-drop'],
  'Adding a reference': ['require-concurrent-index', 'foreign-key-not-valid'],
  'Adding a foreign key': ['foreign-key-not-valid'],
  'Adding a unique constraint': ['unique-constraint-lock'],
  'Adding an exclusion constraint': ['exclusion-constraint-lock'],
  'Adding a json column': ['prefer-jsonb'],
  'Setting NOT NULL on an existing column': ['set-not-null-scan'],
  'Adding a column with a volatile default value': ['volatile-default'],
  'Keeping non-unique indexes to three columns or less': ['wide-index'],
};
