/**
 * Does something while `aside` goes on, and ends only after both: a write must not still be under way when the job that began it
 * is tried again.
 */
export async function meanwhile<Aside, Result>(aside: Promise<Aside>, work: () => Promise<Result>): Promise<Result> {
  // Should the work fail first, what became of the other is said by nobody.
  aside.catch(() => undefined);
  try {
    return await work();
  } finally {
    await Promise.allSettled([aside]);
  }
}
