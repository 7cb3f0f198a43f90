import type { Config, ConfigProblem } from '../../config/config.ts';
import { rolesOf } from '../../config/roles.ts';
import type { Comment, Repository } from '../../github/port.ts';
import { readCommands } from '../../requests/commands.ts';
import { mayDecide } from '../authority.ts';
import type { Given, Person } from '../observed.ts';

/** Looks people up, each once a pass. */
export function people(repository: Repository, config: Config): (login: string) => Promise<Person> {
  const known = new Map<string, Promise<Person>>();
  const teams = [...new Set(Object.values(config.roles).flat())].filter((name) => name.includes('/'));
  return (login) => {
    const person = known.get(login) ?? look(login);
    known.set(login, person);
    return person;
  };

  async function look(login: string): Promise<Person> {
    const [permission, memberOf] = await Promise.all([repository.permission(login), repository.teamsOf(login, teams)]);
    return { login, permission, roles: rolesOf(config, login, memberOf) };
  }
}

/** Mistakes of the configuration that only the installation makes: a role that is given to a team whose members it may not see. */
export function unseenTeams(config: Config, without: Repository['without']): readonly ConfigProblem[] {
  const lack = without.get('members');
  if (lack?.kind !== 'permission') return [];
  const allowed = `logins, not teams: to see who is in one the installation needs the permission ${lack.needs}`;
  return Object.entries(config.roles).flatMap(([role, names]) =>
    names.filter((name) => name.includes('/')).map((team) => ({ key: `roles.${role}`, value: team, allowed })),
  );
}

/** The commands of a conversation by people whose word counts: a passer-by in a public repository cannot make us work. */
export async function givenCommands(
  comments: readonly Comment[],
  bot: string,
  personOf: (login: string) => Promise<Person>,
): Promise<readonly Given[]> {
  const given: Given[] = [];
  for (const comment of comments) {
    if (comment.author === bot) continue;
    const commands = readCommands(comment.body);
    if (commands.length === 0) continue;
    const by = await personOf(comment.author);
    if (!mayDecide(by)) continue;
    given.push(...commands.map((command) => ({ comment, command, by })));
  }
  return given;
}
