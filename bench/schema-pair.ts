/** Two texts that make schemas of that many tables, with a handful of differences; the same texts at every run. */
export function schemaPair(tables: number): { readonly current: string; readonly desired: string } {
  const current = Array.from({ length: tables }, (_, n) => table(n));
  return {
    current: [type(['new', 'paid', 'sent']), ...current].join('\n'),
    desired: [type(['new', 'paid', 'sent', 'returned']), ...current.map(desired)].join('\n'),
  };
}

function type(values: readonly string[]): string {
  return `CREATE TYPE status AS ENUM (${values.map((value) => `'${value}'`).join(', ')});`;
}

/** As tables are: numbered by themselves, most of them pointing at another, every fifth read by a view. */
function table(n: number): string {
  const name = `table_${n}`;
  const other = Math.floor(n / 2);
  return `CREATE TABLE ${name} (
  id bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
  code varchar(40) NOT NULL,
  name text,
  amount numeric(12,2) NOT NULL DEFAULT 0,
  state status NOT NULL DEFAULT 'new',
  other_id bigint${n === 0 ? '' : ` REFERENCES table_${other} (id)`},
  created_at timestamptz NOT NULL DEFAULT now(),
  CONSTRAINT ${name}_amount_check CHECK (amount >= 0),
  CONSTRAINT ${name}_code_key UNIQUE (code)
);
CREATE INDEX ${name}_other_id_idx ON ${name} (other_id);
COMMENT ON TABLE ${name} IS 'table number ${n}';
COMMENT ON COLUMN ${name}.code IS 'as it stands on paper';
${
  n % 5 === 1
    ? `CREATE VIEW view_${n} AS SELECT t.id, t.code, o.code AS other_code FROM ${name} t JOIN table_${other} o ON o.id = t.other_id WHERE t.state <> 'sent';`
    : ''
}`;
}

/** The differences: each on a table of its own. A column gets longer under a view. */
function desired(sql: string, n: number): string {
  switch (n) {
    case 1:
      return sql.replace('code varchar(40)', 'code varchar(80)');
    case 2:
      return sql.replace('  CONSTRAINT', '  note text,\n  CONSTRAINT');
    case 3:
      return `${sql}CREATE INDEX table_3_created_at_idx ON table_3 (created_at);\n`;
    case 4:
      return `${sql}ALTER TABLE table_4 ADD CONSTRAINT table_4_code_check CHECK (code <> '');\n`;
    case 5:
      return sql.replace('  name text,\n', '');
    case 6:
      return sql.replace(
        'SELECT t.id, t.code, o.code AS other_code',
        'SELECT t.id, t.code, o.code AS other_code, t.created_at',
      );
    case 7:
      return sql.replace('  name text,', '  name text NOT NULL,');
    default:
      return sql;
  }
}
