import { z } from 'zod';
import { engines } from '../sql/engine.ts';
import { tools } from '../sql/history/history.ts';
import { readRuleSettings } from '../sql/lint/settings.ts';
import type { Rule } from '../sql/rule.ts';
import { approvals } from './config.ts';

/**
 * The shape of the file. The message of every mistake is what may stand there instead, for that is what its author must know.
 * Elements of lists may be missing, so that taking a wrong one out keeps the places of the others.
 */

const directors = ['technical-architect', 'project-manager'];

/** Directors, and leads of any field: `backend-lead`, `data-lead`. */
function isRole(name: string): boolean {
  return directors.includes(name) || /^[a-z][a-z0-9-]*-lead$/.test(name);
}

const roleAllowed = `${directors.join(', ')}, or the name of a lead such as backend-lead, qa-lead, devops-lead, security-lead`;
const role = z.string(roleAllowed).refine(isRole, roleAllowed);

const login = /^@?[A-Za-z0-9](?:[A-Za-z0-9]|[-_](?=[A-Za-z0-9])){0,38}(?:\[bot\])?$/;
const team = /^@?[A-Za-z0-9](?:[A-Za-z0-9]|-(?=[A-Za-z0-9])){0,38}\/[A-Za-z0-9._-]{1,100}$/;
const people = listOf(
  z
    .string('a login, or organization/team')
    .regex(new RegExp(`${login.source}|${team.source}`), 'a login, or organization/team')
    .transform((name) => name.replace(/^@/, '')),
  'a list of logins or organization/team',
);

const insideAllowed = 'a path inside the repository, without ".."';
const inside = z
  .string(insideAllowed)
  .max(500, 'at most 500 characters')
  .refine((path) => path.trim() !== '' && !path.startsWith('/') && !path.split('/').includes('..'), insideAllowed)
  .refine((path) => (path.match(/[{(]/g) ?? []).length <= 10, 'at most ten groups in braces');

const text = (allowed: string, max: number) =>
  z.string(allowed).trim().min(1, allowed).max(max, `at most ${max} characters`);

const database = section({
  name: text('a name', 100),
  engine: oneOf(engines),
  version: z
    .union([z.string(), z.number()], 'a version, such as "16"')
    .transform(String)
    .refine((version) => /^\d+(?:\.\d+)*$/.test(version), 'a version, such as "16" or "8.4"'),
  migrations: inside,
  tool: oneOf(tools),
  tables: mapOf(
    text('a table', 300),
    section({ rows: z.number('a number of rows').int('a whole number of rows').min(0, 'a number of rows, 0 or more') }),
    'tables with their hints',
  ),
});

const specialist = section({
  engines: listOf(oneOf([...engines, '*']), `a list of ${inWords([...engines, '"*"'])}`),
  assignees: people,
});

/** The file's schema; `known` are the rules that `review.rules` may name. */
export function schemaFor(known?: readonly Rule[]) {
  const rules = ruleSettings(known);
  return section({
    labels: section({ request: text('the name of a label', 50) }),
    databases: listOf(database, 'a list of databases'),
    roles: mapOf(role, people, 'roles, each with a list of logins'),
    specialists: mapOf(
      text('the name of a specialist', 100),
      specialist,
      'specialists with their engines and assignees',
    ),
    review: section({
      'request-changes': z.boolean('true or false'),
      approve: z.boolean('true or false'),
      'max-threads': wholeNumber('a number of threads', 0, 100),
      quiet: z.boolean('true or false'),
      rules,
      paths: listOf(section({ path: inside, rules }), 'a list of mappings with path and rules'),
      'paths-ignore': listOf(inside, 'a list of paths or globs'),
    }),
    plan: section({ approval: oneOf(approvals) }),
    'sign-off': listOf(role, 'a list of roles'),
    environments: listOf(text('the name of an environment', 255), 'a list of environments'),
    mdtm: section({ path: inside }),
    'stale-days': wholeNumber('a number of days', 1, 365),
  });
}

export type FileShape = z.output<ReturnType<typeof schemaFor>>;

/** Levels and options of rules, by their ids. */
function ruleSettings(known: readonly Rule[] | undefined) {
  return mapOf(z.string(), z.unknown(), 'rules, each with off, error, warning or notice').transform(
    (given, context) => {
      const { settings, problems } = readRuleSettings(given, known);
      for (const { path, value, allowed, known: names } of problems) {
        const params = names === undefined ? {} : { params: { known: names } };
        context.issues.push({
          code: 'custom',
          path: path.filter((part) => part !== undefined),
          message: allowed,
          input: value,
          ...params,
        });
      }
      return settings;
    },
  );
}

/** A mapping whose keys are all optional. A key that is not known is answered with those that are, comma-separated. */
function section<Shape extends z.core.$ZodLooseShape>(shape: Shape) {
  const keys = Object.keys(shape);
  return z
    .strictObject(shape, {
      error: ({ code }) => (code === 'unrecognized_keys' ? keys.join(', ') : `a mapping with ${inWords(keys)}`),
    })
    .partial();
}

function listOf<Element extends z.ZodType>(element: Element, allowed: string) {
  return z
    .array(element.optional(), allowed)
    .transform((elements) => elements.filter((each): each is NonNullable<typeof each> => each !== undefined));
}

function wholeNumber(what: string, least: number, most: number) {
  const allowed = `${what}, ${least} to ${most}`;
  return z.number(what).int(what.replace('a ', 'a whole ')).min(least, allowed).max(most, allowed);
}

function mapOf<Key extends z.ZodType<string, string>, Value extends z.ZodType>(
  key: Key,
  value: Value,
  allowed: string,
) {
  return z.record(key, value, allowed);
}

function oneOf<const Values extends readonly string[]>(values: Values) {
  return z.enum(values as unknown as [Values[number], ...Values[number][]], inWords(values));
}

function inWords(words: readonly string[]): string {
  return words.length < 2 ? words.join() : `${words.slice(0, -1).join(', ')} or ${words.at(-1)}`;
}
