import { addressOf, none, once, ours } from './sql.ts';

const typeNames = `oidvectortypes(p.proargtypes)`;

/** Functions and procedures, window functions included. The functions that come with a range type depend on it internally. */
export const routines = () => `
  SELECT n.nspname AS schema, p.proname AS name, ${addressOf('p')} AS address,
    'function ' || n.nspname || '.' || p.proname || '(' || ${typeNames} || ')' AS key, 'function' AS kind,
    format('%s %I.%I(%s)', w.word, n.nspname, p.proname, ${typeNames}) AS target, d.definition, ARRAY[d.definition] AS "create",
    ARRAY[format('DROP %s %I.%I(%s)', w.word, n.nspname, p.proname, ${typeNames})] AS "drop", ARRAY[d.definition] AS "replace",
    concat_ws(' ', w.word, pg_get_function_identity_arguments(p.oid), p.pronargdefaults, 'returns', pg_get_function_result(p.oid)) AS shape,
    p.prokind AS prokind, l.lanname AS language, p.prosecdef AS security_definer, p.provolatile AS volatility, p.prosrc AS body,
    p.proconfig AS settings, (SELECT coalesce(json_agg(format_type(t.oid, NULL) ORDER BY t.place), '[]')
      FROM unnest(p.proargtypes) WITH ORDINALITY t(oid, place)) AS arguments
  FROM pg_proc p JOIN pg_namespace n ON n.oid = p.pronamespace JOIN pg_language l ON l.oid = p.prolang
    CROSS JOIN LATERAL (SELECT CASE p.prokind WHEN 'p' THEN 'PROCEDURE' ELSE 'FUNCTION' END AS word) w
    CROSS JOIN LATERAL (SELECT rtrim(pg_get_functiondef(p.oid), E'\\n') AS definition ${once}) d
  WHERE p.prokind <> 'a' AND ${ours} AND NOT EXISTS (SELECT FROM pg_depend i WHERE i.classid = p.tableoid AND i.objid = p.oid
    AND i.deptype = 'i' AND i.refclassid = 'pg_type'::regclass)
  ORDER BY 1, 2, ${typeNames}`;

const signature = `coalesce(nullif(pg_get_function_identity_arguments(p.oid), ''), '*')`;
const optional = (label: string, column: string) =>
  `'${label} = ' || CASE WHEN a.${column} <> 0 THEN a.${column}::regproc::text END`;
const state = (column: string) =>
  `CASE a.${column} WHEN 'r' THEN 'READ_ONLY' WHEN 's' THEN 'SHAREABLE' ELSE 'READ_WRITE' END`;

export const aggregates = () => `
  SELECT n.nspname AS schema, p.proname AS name, ${addressOf('p')} AS address,
    'aggregate ' || n.nspname || '.' || p.proname || '(' || ${typeNames} || ')' AS key, 'aggregate' AS kind,
    format('AGGREGATE %I.%I(%s)', n.nspname, p.proname, ${signature}) AS target, d.definition,
    ARRAY[format('CREATE AGGREGATE %I.%I(%s) (%s)', n.nspname, p.proname, ${signature}, d.definition)] AS "create",
    ARRAY[format('DROP AGGREGATE %I.%I(%s)', n.nspname, p.proname, ${signature})] AS "drop", ${none} AS needs
  FROM pg_aggregate a JOIN pg_proc p ON p.oid = a.aggfnoid JOIN pg_namespace n ON n.oid = p.pronamespace
    CROSS JOIN LATERAL (SELECT concat_ws(', ',
      'SFUNC = ' || a.aggtransfn::regproc::text, 'STYPE = ' || format_type(a.aggtranstype, NULL),
      'SSPACE = ' || nullif(a.aggtransspace, 0), ${optional('FINALFUNC', 'aggfinalfn')},
      CASE WHEN a.aggfinalextra THEN 'FINALFUNC_EXTRA' END, CASE WHEN a.aggfinalfn <> 0 THEN 'FINALFUNC_MODIFY = ' || ${state('aggfinalmodify')} END,
      ${optional('COMBINEFUNC', 'aggcombinefn')}, ${optional('SERIALFUNC', 'aggserialfn')},
      ${optional('DESERIALFUNC', 'aggdeserialfn')}, 'INITCOND = ' || quote_literal(a.agginitval),
      ${optional('MSFUNC', 'aggmtransfn')}, ${optional('MINVFUNC', 'aggminvtransfn')},
      CASE WHEN a.aggmtransfn <> 0 THEN 'MSTYPE = ' || format_type(a.aggmtranstype, NULL) END,
      'MSSPACE = ' || nullif(a.aggmtransspace, 0), ${optional('MFINALFUNC', 'aggmfinalfn')},
      CASE WHEN a.aggmfinalextra THEN 'MFINALFUNC_EXTRA' END, 'MINITCOND = ' || quote_literal(a.aggminitval),
      (SELECT format('SORTOP = OPERATOR(%I.%s)', os.nspname, o.oprname) FROM pg_operator o JOIN pg_namespace os
        ON os.oid = o.oprnamespace WHERE o.oid = a.aggsortop),
      CASE p.proparallel WHEN 's' THEN 'PARALLEL = SAFE' WHEN 'r' THEN 'PARALLEL = RESTRICTED' END,
      CASE WHEN a.aggkind = 'h' THEN 'HYPOTHETICAL' END) AS definition) d
  WHERE ${ours} ORDER BY 1, 2, ${typeNames}`;
