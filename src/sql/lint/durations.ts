/** PostgreSQL's units of time in milliseconds (manual, "Setting Parameters", Parameter Names and Values). */
const units: Readonly<Record<string, number>> = {
  us: 0.001,
  ms: 1,
  s: 1_000,
  min: 60_000,
  h: 3_600_000,
  d: 86_400_000,
};

/**
 * The value of a timeout in milliseconds, which is its unit where none is written. `NaN` for a value that cannot be read, such as
 * one that is computed.
 */
export function milliseconds(value: string): number {
  const match = /^\s*(\d+(?:\.\d*)?|\.\d+)\s*([a-z]*)\s*$/i.exec(value);
  if (match === null) return Number.NaN;
  const [, number = '', unit = ''] = match;
  return Number(number) * (unit === '' ? 1 : (units[unit.toLowerCase()] ?? Number.NaN));
}
