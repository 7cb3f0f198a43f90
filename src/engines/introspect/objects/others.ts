import { none } from './sql.ts';

/** The catalog, and the rest of a definition beside the identity of the object. */
export const catalogs: readonly (readonly [catalog: string, definition: string])[] = [
  [
    'pg_operator',
    `concat_ws(' ', 'procedure', o.oprcode::regproc, 'commutator', nullif(o.oprcom, 0)::regoper, 'negator', nullif(o.oprnegate, 0)::regoper)`,
  ],
  ['pg_opclass', `concat_ws(' ', 'for', o.opcintype::regtype, CASE WHEN o.opcdefault THEN 'default' END)`],
  ['pg_opfamily', `''`],
  [
    'pg_cast',
    `concat_ws(' ', 'with', CASE o.castmethod WHEN 'f' THEN o.castfunc::regprocedure::text ELSE o.castmethod::text END, 'context', o.castcontext)`,
  ],
  [
    'pg_collation',
    `concat_ws(' ', 'provider', o.collprovider, 'locale', to_jsonb(o) ->> 'collcollate', to_jsonb(o) ->> 'colllocale', to_jsonb(o) ->> 'colliculocale', CASE WHEN NOT o.collisdeterministic THEN 'not deterministic' END)`,
  ],
  ['pg_conversion', `concat_ws(' ', o.conforencoding, 'to', o.contoencoding, 'with', o.conproc::regproc)`],
  [
    'pg_ts_config',
    `(SELECT string_agg(concat_ws(' ', m.maptokentype, m.mapdict::regdictionary), ', ' ORDER BY m.maptokentype, m.mapseqno) FROM pg_ts_config_map m WHERE m.mapcfg = o.oid)`,
  ],
  ['pg_ts_dict', `o.dictinitoption`],
  ['pg_ts_parser', `''`],
  ['pg_ts_template', `''`],
  ['pg_am', `concat_ws(' ', o.amtype, 'handler', o.amhandler::regproc)`],
  ['pg_language', `''`],
  ['pg_transform', `''`],
  ['pg_foreign_data_wrapper', `o.fdwoptions::text`],
  ['pg_foreign_server', `concat_ws(' ', o.srvtype, o.srvversion, o.srvoptions::text)`],
  [
    'pg_event_trigger',
    `concat_ws(' ', 'on', o.evtevent, o.evttags::text, 'execute', o.evtfoid::regproc, o.evtenabled)`,
  ],
  [
    'pg_publication',
    `concat_ws(' ', CASE WHEN o.puballtables THEN 'all tables' END, CASE WHEN o.pubinsert THEN 'insert' END,
    CASE WHEN o.pubupdate THEN 'update' END, CASE WHEN o.pubdelete THEN 'delete' END, CASE WHEN o.pubtruncate THEN 'truncate' END,
    CASE WHEN o.pubviaroot THEN 'via root' END, 'of', (SELECT string_agg(r.prrelid::regclass::text, ', ' ORDER BY r.prrelid::regclass::text)
      FROM pg_publication_rel r WHERE r.prpubid = o.oid))`,
  ],
];

/** Whose columns are not in every version. */
const since: Readonly<Record<string, readonly [column: string, version: number]>> = {
  pg_publication: ['o.pubviaroot', 130_000],
};

function selection([catalog, definition]: (typeof catalogs)[number], version: number): string {
  const [column, first] = since[catalog] ?? ['', 0];
  const known = column !== '' && version < first ? definition.replace(column, 'false') : definition;
  return `SELECT o.tableoid || ':' || o.oid AS address, i.type || ' ' || i.identity AS key, ${known} AS definition
    FROM ${catalog} o CROSS JOIN LATERAL pg_identify_object(o.tableoid, o.oid, 0) i
    WHERE o.oid >= 16384 AND NOT EXISTS (SELECT FROM pg_depend d WHERE d.classid = o.tableoid AND d.objid = o.oid AND d.deptype = 'i')`;
}

/**
 * What people made that is described, so that a difference is seen, but not made again. Subscriptions are those of this database;
 * the types are base types and shells.
 */
export const others = (version: number) => `
  SELECT a.address, a.key, 'other' AS kind, coalesce(a.definition, '') AS definition, ${none} AS "create", ${none} AS "drop" FROM (
  ${catalogs.map((each) => selection(each, version)).join(' UNION ALL ')}
  UNION ALL SELECT t.tableoid || ':' || t.oid, 'type ' || n.nspname || '.' || t.typname, concat_ws(' ', t.typinput::regproc, t.typlen)
    FROM pg_type t JOIN pg_namespace n ON n.oid = t.typnamespace
    WHERE t.oid >= 16384 AND (t.typtype = 'p' OR t.typtype = 'b' AND NOT EXISTS (SELECT FROM pg_type e WHERE e.typarray = t.oid))
      AND n.nspname NOT LIKE 'pg\\_%'
  UNION ALL SELECT 'pg_user_mapping'::regclass::oid || ':' || u.umid, format('user mapping %s on server %s', u.usename, u.srvname), ''
    FROM pg_user_mappings u
  UNION ALL SELECT 'pg_subscription'::regclass::oid || ':' || s.oid, 'subscription ' || s.subname, ''
    FROM pg_subscription s JOIN pg_database d ON d.oid = s.subdbid WHERE d.datname = current_database()) a
  ORDER BY a.key`;
