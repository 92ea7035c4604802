import { defineConfig } from 'vitest/config'

// One terminal at a time, since each one renders in software.
export default defineConfig({
  test: {
    name: 'terminals',
    include: ['test/terminals/*.test.ts'],
    fileParallelism: false,
    testTimeout: 90_000,
    hookTimeout: 30_000,
    // A skipped terminal is listed by name, with what to install.
    reporters: ['tree'],
  },
})
