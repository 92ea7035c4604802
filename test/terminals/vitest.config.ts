import { defineConfig } from 'vitest/config'

// One terminal at a time: each of them draws with the processor.
export default defineConfig({
  test: {
    name: 'terminals',
    include: ['test/terminals/*.test.ts'],
    fileParallelism: false,
    testTimeout: 90_000,
    hookTimeout: 30_000,
    // A skipped terminal is told by name, with what to install.
    reporters: ['tree'],
  },
})
