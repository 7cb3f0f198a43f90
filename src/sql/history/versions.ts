/** Compares versions number by number, so that 2.10 comes after 2.9 and 0002 equals 2. Parts that are equal leave 0. */
export function compareVersions(one: string, other: string): number {
  const ones = one.match(/\d+/g) ?? [];
  const others = other.match(/\d+/g) ?? [];
  for (let at = 0; at < Math.max(ones.length, others.length); at++) {
    const difference = compareNumbers(ones[at] ?? '0', others[at] ?? '0');
    if (difference !== 0) return difference;
  }
  return 0;
}

/** Compares two numbers of any length: file names hold more digits than a double does. */
function compareNumbers(one: string, other: string): number {
  const [a, b] = [one.replace(/^0+/, ''), other.replace(/^0+/, '')];
  return a.length - b.length || compareTexts(a, b);
}

/** Compares by code unit, as the tools' own languages sort file names. */
export function compareTexts(one: string, other: string): number {
  return one < other ? -1 : one > other ? 1 : 0;
}

/**
 * The version after `last`, written as `last` is: a timestamp stays a timestamp of the same form, a number keeps its
 * width. Always later than `last`, even where the clock is behind it.
 */
export function versionAfter(last: string, now: Date): string {
  const stamp = timestampLike(last, now);
  return stamp !== undefined && compareVersions(stamp, last) > 0 ? stamp : increment(last);
}

/** The time in the form of that version, or `undefined` when the version is no time. UTC. */
function timestampLike(version: string, now: Date): string | undefined {
  const digits = version.replace(/\D/g, '');
  if (/^(?:19|20)\d{2}(?:0[1-9]|1[0-2])(?:0[1-9]|[12]\d|3[01])/.test(digits) && digits.length <= 17) {
    const stamp = now.toISOString().replace(/\D/g, '').slice(0, digits.length);
    let next = 0;
    return version.replace(/\d/g, () => stamp[next++] ?? '0');
  }
  if (/^1\d{9}$/.test(version)) return String(Math.floor(now.getTime() / 1000));
  if (/^1\d{12}$/.test(version)) return String(now.getTime());
  return undefined;
}

function increment(version: string): string {
  const last = /\d+(?=\D*$)/.exec(version);
  if (last === null) return `${version}1`;
  const next = String(BigInt(last[0]) + 1n).padStart(last[0].length, '0');
  return version.slice(0, last.index) + next + version.slice(last.index + last[0].length);
}
