import { addressOf, none, ours } from './sql.ts';

/** `public` is there from the beginning, and where it is dropped, that is not ours to undo. */
export const schemas = () => `
  SELECT n.nspname AS name, ${addressOf('n')} AS address, 'schema ' || n.nspname AS key, 'schema' AS kind,
    format('SCHEMA %I', n.nspname) AS target, '' AS definition,
    CASE WHEN n.nspname = 'public' THEN ${none} ELSE ARRAY[format('CREATE SCHEMA %I', n.nspname)] END AS "create",
    CASE WHEN n.nspname = 'public' THEN ${none} ELSE ARRAY[format('DROP SCHEMA %I', n.nspname)] END AS "drop"
  FROM pg_namespace n WHERE ${ours} ORDER BY n.nspname`;

/** In the schema that it makes itself, an extension is not asked to be put. */
export const extensions = () => `
  SELECT x.extname AS name, ${addressOf('x')} AS address, 'extension ' || x.extname AS key, 'extension' AS kind,
    format('EXTENSION %I', x.extname) AS target,
    format('version %s in schema %s', x.extversion, n.nspname) AS definition,
    ARRAY[format('CREATE EXTENSION %I', x.extname) || CASE WHEN own.objid IS NULL THEN format(' WITH SCHEMA %I', n.nspname) ELSE '' END]
      AS "create",
    ARRAY[format('DROP EXTENSION %I', x.extname)] AS "drop",
    ARRAY[format('ALTER EXTENSION %I UPDATE TO %L', x.extname, x.extversion)]
      || CASE WHEN x.extrelocatable THEN ARRAY[format('ALTER EXTENSION %I SET SCHEMA %I', x.extname, n.nspname)] ELSE ${none} END
      AS "replace"
  FROM pg_extension x JOIN pg_namespace n ON n.oid = x.extnamespace
    LEFT JOIN pg_depend own ON own.classid = n.tableoid AND own.objid = n.oid AND own.deptype = 'e' AND own.refobjid = x.oid
  WHERE x.extname <> 'plpgsql' ORDER BY x.extname`;

/** The objects that extensions brought along: the extension stands for them. */
export const members = () => `
  SELECT d.classid || ':' || d.objid AS address, x.extname AS extension
  FROM pg_depend d JOIN pg_extension x ON x.oid = d.refobjid
  WHERE d.refclassid = 'pg_extension'::regclass AND d.deptype = 'e'`;
