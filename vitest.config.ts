import { defineConfig } from 'vitest/config';

export default defineConfig({
  test: {
    include: ['test/**/*.test.ts'],
    globalSetup: ['tools/test-bundles.js'],
    setupFiles: ['tools/test-setup.js'],
    // The same run everywhere: two workers, one clock, no colours from the surroundings.
    pool: 'forks',
    maxWorkers: 2,
    env: { TZ: 'UTC', LC_ALL: 'C.UTF-8', NO_COLOR: '1' },
    testTimeout: 30_000,
  },
});
