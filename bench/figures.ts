import { readFileSync } from 'node:fs';

/** The value below which `p` percent of the values lie, to a tenth. */
export function percentile(values: readonly number[], p: number): number {
  const sorted = values.toSorted((a, b) => a - b);
  return round(sorted[Math.min(sorted.length - 1, Math.ceil((p / 100) * sorted.length) - 1)] ?? Number.NaN);
}

export function round(value: number): number {
  return Math.round(value * 10) / 10;
}

/** Resident memory of a process in MB, from /proc. */
export function rssOf(pid: number): number {
  const kilobytes = /^VmRSS:\s+(\d+) kB/m.exec(readFileSync(`/proc/${pid}/status`, 'utf8'))?.[1];
  return Math.round(Number(kilobytes) / 1024);
}

/** One table of figures. */
export function print(title: string, figures: Readonly<Record<string, number | string>>): void {
  console.log(`\n${title}`);
  const width = Math.max(...Object.keys(figures).map((name) => name.length));
  for (const [name, value] of Object.entries(figures)) console.log(`  ${name.padEnd(width)}  ${value}`);
}
