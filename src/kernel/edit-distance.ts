const longest = 64;

/**
 * How many insertions, removals, replacements and swaps of neighbours turn one text into the other (Damerau 1964, in the
 * "optimal string alignment" form). Only the first 64 characters count: no engine keeps longer names.
 */
export function editDistance(left: string, right: string): number {
  const a = left.slice(0, longest);
  const b = right.slice(0, longest);
  let older: number[] = [];
  let previous = Array.from({ length: b.length + 1 }, (_, column) => column);
  for (let row = 1; row <= a.length; row++) {
    const current = [row];
    for (let column = 1; column <= b.length; column++) {
      const same = a[row - 1] === b[column - 1];
      let least = Math.min(
        (previous[column] as number) + 1,
        (current[column - 1] as number) + 1,
        (previous[column - 1] as number) + (same ? 0 : 1),
      );
      if (row > 1 && column > 1 && a[row - 1] === b[column - 2] && a[row - 2] === b[column - 1]) {
        least = Math.min(least, (older[column - 2] as number) + 1);
      }
      current.push(least);
    }
    older = previous;
    previous = current;
  }
  return previous[b.length] as number;
}
