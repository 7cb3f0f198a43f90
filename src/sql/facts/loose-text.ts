/** A cast, with the types of several words and with lengths. */
const casts =
  /::(?:character varying|double precision|bit varying|(?:timestamp|time)(?:\(\d\))? with(?:out)? time zone|"?[\w.]+"?)(?:\(\d+(?:,\d+)?\))?(?:\[\])*/g;

/** The same expression may stand in other parentheses, with other spaces, in other letters, and with a cast that changes nothing. */
export function looseText(sql: string | undefined): string {
  return (sql ?? '').replace(/'(?:[^']|'')*'|[^']+/g, (part) =>
    part.startsWith("'")
      ? part
      : part
          .replace(casts, '')
          .replace(/[\s()]/g, '')
          .toLowerCase(),
  );
}
