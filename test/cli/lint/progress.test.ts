import { describe, expect, it } from 'vitest';
import { progressOn } from '../../../src/cli/lint/progress.ts';

/** Runs over a thousand files, each of which takes so many milliseconds. */
function written(isTTY: boolean, msEach: number): readonly string[] {
  const lines: string[] = [];
  let time = 0;
  const stream = { isTTY, write: (text: string) => lines.push(text) > 0 };
  const progress = progressOn(stream, 1_000, () => time);
  for (let done = 0; done < 1_000; done++) {
    progress.show(done);
    time += msEach;
  }
  progress.end();
  return lines;
}

describe('progressOn', () => {
  it('shows on a terminal how far a long run is, now and then, and takes it away at the end', () => {
    const lines = written(true, 1);
    expect(lines).toEqual([
      ...['500', '600', '700', '800', '900'].map((done) => `\r\u001b[2K${done} of 1000 files`),
      '\r\u001b[2K',
    ]);
  });

  it('is silent on a short run, and where nobody looks', () => {
    expect(written(true, 0.4)).toEqual([]);
    expect(written(false, 10)).toEqual([]);
  });
});
