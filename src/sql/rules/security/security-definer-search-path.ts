import type { Change, ChangeOf } from '../../change.ts';
import type { FunctionDefinition } from '../../changes/routines.ts';
import { maskSecrets } from '../../facts/secrets.ts';
import { soon } from '../../facts/soon.ts';
import { tokensOf } from '../../lex.ts';
import { defaultSchema, display, keyOf, type ObjectName } from '../../name.ts';
import { quoteIdentifier } from '../../quote.ts';
import { defineRule, type RuleContext } from '../../rule.ts';

export const securityDefinerSearchPath = defineRule({
  id: 'security-definer-search-path',
  level: 'warning',
  category: 'security',
  engines: ['postgresql'],
  when: 'A SECURITY DEFINER function does not fix its search_path to schemas that only trusted roles can write to',
  effect:
    'A caller sets the search_path, puts a table or function of the same name in front of the real one, and the function uses it with the rights of its owner',
  remedy:
    "Add `SET search_path = schema, pg_temp` with the schemas it needs and pg_temp last, or `SET search_path = ''` and qualify every name",
  source: 'PostgreSQL manual, CREATE FUNCTION, "Writing SECURITY DEFINER Functions Safely"',
  examples: [
    {
      engine: 'postgresql',
      bad: 'CREATE FUNCTION secret_of(id bigint) RETURNS text LANGUAGE plpgsql SECURITY DEFINER AS $$ BEGIN RETURN id; END $$;',
      good: "CREATE FUNCTION secret_of(id bigint) RETURNS text LANGUAGE plpgsql SECURITY DEFINER SET search_path = '' AS $$ BEGIN RETURN id; END $$;",
    },
    {
      engine: 'postgresql',
      given: 'CREATE FUNCTION secret_of(id bigint) RETURNS text LANGUAGE sql RETURN id;',
      bad: 'ALTER FUNCTION secret_of(bigint) SECURITY DEFINER;',
      good: 'ALTER FUNCTION secret_of(bigint) SECURITY DEFINER SET search_path = app, pg_temp;',
    },
  ],
  on: ['create-function', 'alter-function'],

  check(change, context) {
    const name = change.function;
    const defined = after(change, context);
    if (defined === undefined || !defined.securityDefiner || isMachineCode(defined)) return undefined;
    if (isFixedBelow(change, context)) return undefined;
    const path = defined.searchPath;
    if (path === undefined) {
      const message = `\`${display(name)}\` runs with the rights of its owner and looks names up wherever its caller says.`;
      const replacement = withPath(change, context.statement);
      return replacement === undefined
        ? message
        : { message, fix: { description: 'Fix its search_path', replacement } };
    }
    const weakness = weaknessOf(path, context.version);
    return weakness === undefined
      ? undefined
      : { message: `\`${display(name)}\` runs with the rights of its owner, and ${weakness}.`, level: 'notice' };
  },
});

/** The function as the change leaves it; nothing where an ALTER touches neither of the two facts. */
function after(
  change: ChangeOf<'create-function' | 'alter-function'>,
  { before }: RuleContext,
): Pick<FunctionDefinition, 'securityDefiner' | 'searchPath' | 'language'> | undefined {
  if (change.kind === 'create-function') return change.definition;
  const { securityDefiner, searchPath } = change.definition;
  if (securityDefiner === undefined && searchPath === undefined) return undefined;
  const overloads = before.functions.get(keyOf(change.function)) ?? [];
  const types = change.definition.arguments?.join();
  const known = overloads.find((each) => types === undefined || each.arguments.join() === types);
  const path = searchPath ?? known?.searchPath;
  return {
    language: known?.language ?? '',
    securityDefiner: securityDefiner ?? known?.securityDefiner ?? false,
    ...(path === undefined || path === 'default' ? {} : { searchPath: path }),
  };
}

/** Names are not looked up in compiled code. */
function isMachineCode({ language }: Pick<FunctionDefinition, 'language'>): boolean {
  return language === 'c' || language === 'internal';
}

function isFixedBelow(
  { function: name }: ChangeOf<'create-function' | 'alter-function'>,
  { following }: RuleContext,
): boolean {
  for (const later of soon(following)) {
    if (!isAbout(later, name)) continue;
    if (later.kind === 'alter-function' && (later.definition.searchPath ?? 'default') !== 'default') return true;
    if (later.kind === 'alter-function' && later.definition.securityDefiner === false) return true;
  }
  return false;
}

function isAbout(change: Change, name: ObjectName): change is ChangeOf<'alter-function'> {
  return change.kind === 'alter-function' && change.within === undefined && keyOf(change.function) === keyOf(name);
}

/**
 * Before 15 every role may make objects in `public`. The schema of temporary objects, where every role may too, is searched
 * first unless the path names it.
 */
function weaknessOf(path: string, version: number): string | undefined {
  const schemas = path.split(',').map((schema) => schema.trim());
  if (path === 'from current' || schemas.every((schema) => schema === '')) return undefined;
  if (schemas.includes('$user')) return 'its search_path begins with the schema of its caller';
  if (version < 15 && schemas.includes(defaultSchema))
    return 'before PostgreSQL 15 every role may put objects into `public`, which is in its search_path';
  if (schemas.at(-1) === 'pg_temp') return undefined;
  return 'temporary tables of its caller go before the real ones, because `pg_temp` does not stand last in its search_path';
}

/** The statement with the path after SECURITY DEFINER. A statement with a secret in it is not said again. */
function withPath(change: ChangeOf<'create-function' | 'alter-function'>, statement: string): string | undefined {
  if (change.kind !== 'create-function' || maskSecrets(statement) !== statement) return undefined;
  const tokens = tokensOf(statement);
  const word = (at: number) => statement.slice(tokens[at]?.start, tokens[at]?.end).toLowerCase();
  const at = tokens.findIndex((_, index) => word(index) === 'security' && word(index + 1) === 'definer');
  const end = tokens[at + 1]?.end;
  if (at === -1 || end === undefined) return undefined;
  const schema = quoteIdentifier(change.function.schema ?? defaultSchema);
  return `${statement.slice(0, end)} SET search_path = ${schema}, pg_temp${statement.slice(end)}`;
}
