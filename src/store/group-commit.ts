/**
 * Writes what many callers want written in as few writes as possible: while one write runs, the next one collects. Each
 * caller's promise settles with the write that carried its item, so it stays a promise that the item is on disk.
 */
export function groupCommit<Item>(write: (items: readonly Item[]) => Promise<void>): (item: Item) => Promise<void> {
  let collected: Item[] = [];
  let next: Promise<void> | undefined;
  let last: Promise<void> = Promise.resolve();

  return (item) => {
    collected.push(item);
    if (next === undefined) {
      next = last.then(() => {
        const items = collected;
        collected = [];
        next = undefined;
        return write(items);
      });
      last = next.catch(() => undefined);
    }
    return next;
  };
}
