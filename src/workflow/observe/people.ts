import type { Config } from '../../config/config.ts';
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
