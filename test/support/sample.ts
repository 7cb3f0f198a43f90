/** A part of what takes minutes altogether, the same every time; `EVERY=1` runs all of it. */
export function sample<Case>(cases: readonly Case[], every: number): readonly Case[] {
  return process.env.EVERY === '1' ? cases : cases.filter((_, index) => index % every === 0);
}
