/**
 * PostgreSQL's keywords that cannot stand unquoted as the name of a table or column, of all versions up to 18 (manual, "SQL Key
 * Words": reserved, and reserved but for functions and types). Others, such as `time` or `values`, can.
 */
const reserved: ReadonlySet<string> = new Set(
  `all analyse analyze and any array as asc asymmetric authorization binary both case cast check collate collation column
   concurrently constraint create cross current_catalog current_date current_role current_schema current_time
   current_timestamp current_user default deferrable desc distinct do else end except false fetch for foreign freeze from
   full grant group having ilike in initially inner intersect into is isnull join lateral leading left like limit localtime
   localtimestamp natural not notnull null offset on only or order outer overlaps placing primary references returning
   right select session_user similar some symmetric system_user table tablesample then to trailing true union unique user
   using variadic verbose when where window with`.split(/\s+/),
);

/** Whether a table or column of that name must be written between double quotes (manual, "Identifiers and Key Words"). */
export function mustBeQuoted(name: string): boolean {
  return !/^[a-z_\u0080-\uffff][a-z0-9_$\u0080-\uffff]*$/.test(name) || reserved.has(name);
}
