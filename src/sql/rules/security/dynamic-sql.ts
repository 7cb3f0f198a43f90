import { defineRule } from '../../rule.ts';

export const dynamicSql = defineRule({
  id: 'dynamic-sql',
  level: 'warning',
  category: 'security',
  engines: ['postgresql'],
  when: 'EXECUTE runs text into which a value is joined without quoting',
  effect:
    'Whoever decides about the value decides what runs, and a name with a capital letter or a text with a quote breaks it; no rule has looked at what it runs',
  remedy:
    "Put names in with `format('... %I ...', name)` or `quote_ident`, and values with `EXECUTE ... USING`, `%L` or `quote_literal`",
  source: 'PostgreSQL manual, "Executing Dynamic Commands"; "format"',
  examples: [
    {
      engine: 'postgresql',
      bad: "CREATE FUNCTION empty(name text) RETURNS void LANGUAGE plpgsql AS $$\nBEGIN\n  EXECUTE 'DELETE FROM ' || name;\nEND $$;",
      good: "CREATE FUNCTION empty(name text) RETURNS void LANGUAGE plpgsql AS $$\nBEGIN\n  EXECUTE format('DELETE FROM %I', name);\nEND $$;",
    },
    {
      engine: 'postgresql',
      bad: "CREATE FUNCTION count_of(state text) RETURNS bigint LANGUAGE plpgsql AS $$\nDECLARE found bigint;\nBEGIN\n  EXECUTE format('SELECT count(*) FROM orders WHERE state = ''%s''', state) INTO found;\n  RETURN found;\nEND $$;",
      good: "CREATE FUNCTION count_of(state text) RETURNS bigint LANGUAGE plpgsql AS $$\nDECLARE found bigint;\nBEGIN\n  EXECUTE 'SELECT count(*) FROM orders WHERE state = $1' INTO found USING state;\n  RETURN found;\nEND $$;",
    },
  ],
  on: ['dynamic-sql'],
  inRoutines: true,

  check(change, { siblings }) {
    if (!change.concatenated) return undefined;
    const message = 'A value is joined into this SQL without quoting.';
    // A block runs once, on names and values that its author could look at.
    if (change.within === undefined) return { message, level: 'notice' };
    const runsAsOwner = siblings.some((each) => each.kind === 'create-function' && each.definition.securityDefiner);
    if (!runsAsOwner) return message;
    return { message: `${message} The function runs with the rights of its owner.`, level: 'error' };
  },
});
