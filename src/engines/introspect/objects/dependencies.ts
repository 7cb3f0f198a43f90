/**
 * Who needs whom (https://www.postgresql.org/docs/current/catalog-pg-depend.html), one row an object. What is internal to another (the
 * row type of a table, the rule behind a view) is listed apart, so that it can be found as a part of that one. Left out is what nothing else ever needs: the
 * triggers behind foreign keys, and the tables that hold what is too large for a row.
 */
export const dependencies = () => `
  SELECT d.classid || ':' || d.objid || CASE WHEN d.objsubid > 0 THEN ':' || d.objsubid ELSE '' END AS address,
    array_agg(DISTINCT r.address) AS needs, array_agg(DISTINCT r.address) FILTER (WHERE d.deptype = 'i') AS within
  FROM pg_depend d CROSS JOIN LATERAL (
    SELECT d.refclassid || ':' || d.refobjid || CASE WHEN d.refobjsubid > 0 THEN ':' || d.refobjsubid ELSE '' END AS address) r
  WHERE d.objid >= 16384 AND d.deptype NOT IN ('e', 'p')
  GROUP BY 1 HAVING NOT bool_or(d.deptype = 'i' AND (d.classid = 'pg_trigger'::regclass
    OR d.classid = 'pg_class'::regclass AND d.refclassid = d.classid AND d.refobjsubid = 0))`;
