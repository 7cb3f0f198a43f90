import type { Domain } from '../../sql/catalog.ts';
import type { DomainCheck } from '../../sql/changes/types.ts';
import { display } from '../../sql/name.ts';
import { quoteIdentifier, quoteName } from '../../sql/quote.ts';
import { type Draft, manual, scanMs, step, type Unsupported } from '../recipe.ts';

/**
 * A domain is altered in place. A new check is enforced for new values first and held against the columns of the domain afterwards;
 * NOT NULL has no such form, so it reads every table with a column of the domain while it is locked (ALTER DOMAIN, "Notes").
 */
export function alterDomain(before: Domain, after: Domain): readonly Draft[] | Unsupported {
  const name = display(after.name);
  if (before.type !== after.type || before.collation !== after.collation)
    return { unsupported: `domain ${name}: another base type, which no statement gives it` };
  return [...simple(before, after), ...checks(before, after), ...required(before, after)];
}

function simple(before: Domain, after: Domain): readonly Draft[] {
  if (before.default?.sql === after.default?.sql) return [];
  return [
    step({
      title: `Change the default of domain ${display(after.name)}`,
      phase: 'expand',
      sql: [defaultOf(after)],
      down: [defaultOf(before)],
      because: `A default applies to rows that are inserted later, so only the catalog changes. ${page}`,
    }),
  ];
}

function defaultOf(domain: Domain): string {
  return domain.default === undefined
    ? alter(domain, 'DROP DEFAULT')
    : alter(domain, `SET DEFAULT ${domain.default.sql}`);
}

function required(before: Domain, after: Domain): readonly Draft[] {
  if (before.nullable === after.nullable) return [];
  const set = alter(after, 'SET NOT NULL');
  const drop = alter(after, 'DROP NOT NULL');
  const scans = !after.nullable;
  return [
    step({
      title: `${scans ? 'Refuse' : 'Allow'} NULL in domain ${display(after.name)}`,
      phase: scans ? 'contract' : 'expand',
      sql: [scans ? set : drop],
      down: [scans ? drop : set],
      hazards: scans ? ['blocks-writes', 'may-fail-on-existing-rows', 'breaks-running-code'] : [],
      ...(scans
        ? {
            statementTimeoutMs: scanMs,
            knowingly: [{ rule: 'domain-constraint-scan', reason: 'a domain has no NOT VALID form of NOT NULL' }],
          }
        : {}),
      because: scans
        ? `Every table with a column of the domain is read under SHARE, which stops writes meanwhile. ${page}`
        : `Asks less than before: the catalog alone changes. ${page}`,
    }),
  ];
}

function checks(before: Domain, after: Domain): readonly Draft[] {
  const was = new Map(before.checks.map((check) => [check.name, check]));
  const is = new Map(after.checks.map((check) => [check.name, check]));
  const isSame = (one: DomainCheck | undefined, other: DomainCheck) =>
    one?.expression === other.expression && one.validated === other.validated;
  const gone = before.checks.filter((check) => !isSame(is.get(check.name), check));
  const added = after.checks.filter((check) => !isSame(was.get(check.name), check));
  return [...gone.map((check) => dropped(after, check)), ...added.flatMap((check) => enforced(after, check))];
}

function dropped(domain: Domain, check: DomainCheck): Draft {
  return step({
    title: `Drop check ${check.name} of domain ${display(domain.name)}`,
    phase: 'contract',
    sql: [dropOf(domain, check)],
    down: check.validated ? [add(domain, check), validate(domain, check)] : [add(domain, check)],
    because: `Asks less than before: the catalog alone changes. ${page}`,
  });
}

function enforced(domain: Domain, check: DomainCheck): readonly Draft[] {
  const first = step({
    title: `Add check ${check.name} to domain ${display(domain.name)}, for new values`,
    phase: 'expand',
    sql: [add(domain, check)],
    down: [dropOf(domain, check)],
    hazards: ['breaks-running-code'],
    because: `NOT VALID looks at no row; from here on a value that does not meet the check is refused. ${page}`,
  });
  if (!check.validated) return [first];
  return [
    first,
    step({
      title: `Hold the values of domain ${display(domain.name)} against ${check.name}`,
      phase: 'migrate',
      sql: [validate(domain, check)],
      down: [],
      hazards: ['long-running', 'may-fail-on-existing-rows'],
      knowingly: [
        { rule: 'domain-constraint-scan', reason: 'a domain has no way to be checked that lets writes go on' },
      ],
      statementTimeoutMs: scanMs,
      because: `Reads every table with a column of the domain under SHARE, in a transaction of its own. ${page}`,
    }),
  ];
}

function add(domain: Domain, { name = '', expression }: DomainCheck): string {
  return alter(domain, `ADD CONSTRAINT ${quoteIdentifier(name)} CHECK (${expression}) NOT VALID`);
}

function validate(domain: Domain, { name = '' }: DomainCheck): string {
  return alter(domain, `VALIDATE CONSTRAINT ${quoteIdentifier(name)}`);
}

function dropOf(domain: Domain, { name = '' }: DomainCheck): string {
  return alter(domain, `DROP CONSTRAINT IF EXISTS ${quoteIdentifier(name)}`);
}

function alter({ name }: Domain, action: string): string {
  return `ALTER DOMAIN ${quoteName(name)} ${action}`;
}

const page = manual('sql-alterdomain');
