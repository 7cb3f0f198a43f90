import type { Person, RequestPicture } from './observed.ts';

type Roles = RequestPicture['config']['roles'];

/** Directors, who alone may approve what deletes data. */
const directors = ['technical-architect', 'project-manager'];

/** Whether the person could change the code itself. */
export function canWrite({ permission }: Person): boolean {
  return permission === 'admin' || permission === 'write';
}

/** Whether what the person says in a comment counts: a mapped role is enough, for a manager need not write code. */
export function mayDecide(person: Person): boolean {
  return canWrite(person) || person.roles.length > 0;
}

/** Whether the person may speak for the role. A role that nobody is mapped to is open to everyone with write access. */
export function holds(person: Person, role: string, roles: Roles): boolean {
  return (roles[role] ?? []).length > 0 ? person.roles.includes(role) : canWrite(person);
}

/** Whether the person is a director. While nobody is mapped to either role, write access stands for it. */
export function mayDirect(person: Person, roles: Roles): boolean {
  const mapped = directors.some((role) => (roles[role] ?? []).length > 0);
  return mapped ? directors.some((role) => person.roles.includes(role)) : canWrite(person);
}
