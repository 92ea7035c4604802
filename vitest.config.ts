import { defineConfig } from 'vitest/config'
import { temporaryFolder } from './test/temporary-folder.ts'

/** In ms. No test is about time: this limit only ends a test that hangs, however slow the machine is. */
const HANGS = 120_000

const common = {
  env: { TMPDIR: temporaryFolder() },
  testTimeout: HANGS,
  hookTimeout: HANGS,
  expect: { poll: { timeout: HANGS / 2 } },
  maxWorkers: '100%',
  // A worker loads sharp, the SDK and Ink once instead of once for each file, which took as long as the tests
  // themselves. A test that needs modules in the state they have when limn starts resets them.
  isolate: false,
}

export default defineConfig({
  test: {
    projects: [
      {
        test: {
          ...common,
          name: 'unit',
          include: ['test/**/*.test.{ts,tsx}', 'practice/test/**/*.test.ts'],
          exclude: ['test/e2e/**', 'test/terminals/**'],
        },
      },
      { test: { ...common, name: 'e2e', include: ['test/e2e/**/*.test.ts'] } },
    ],
  },
})
