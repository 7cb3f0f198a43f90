import type { Session } from '../session.ts';

/** Runs a statement of our own, which the schema under test can stand in the way of: an owner, a right, an event trigger. */
export async function must(session: Session, sql: string): Promise<void> {
  const ran = await session.run(sql);
  if (!ran.ok) throw new Unmeasurable(`${ran.message} (${ran.code})`);
}

/** A result, not a fault. */
export class Unmeasurable extends Error {
  override readonly name = 'Unmeasurable';
}
