import { defineConfig } from 'vitest/config';

export default defineConfig({
  test: {
    include: ['test/**/*.test.ts'],
    // Suites that start an engine or a server are slow on two cores; a hang is still ended.
    testTimeout: 60_000,
    hookTimeout: 60_000,
    pool: 'forks',
    // Much of the work is in other processes and in waiting for them, so that no core need be kept free.
    maxWorkers: '100%',
  },
});
