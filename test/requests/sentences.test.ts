import { readdirSync } from 'node:fs';
import { resolve } from 'node:path';
import { describe, expect, it } from 'vitest';
import { readers } from '../../src/requests/sentences/index.ts';

describe('the kinds of sentences', () => {
  it('are one file each, and all of them are registered', () => {
    const files = readdirSync(resolve(import.meta.dirname, '../../src/requests/sentences'))
      .filter((file) => file !== 'index.ts')
      .map((file) => file.replace(/\.ts$/, '').replace(/-(\w)/g, (_, letter: string) => letter.toUpperCase()));
    expect(readers.map(({ name }) => name).toSorted()).toEqual(files.toSorted());
  });
});
