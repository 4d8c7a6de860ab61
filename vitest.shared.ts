import { defineConfig, type ViteUserConfig } from 'vitest/config';

/**
 * The vitest configuration of one package: its `vitest.config.ts` exports what this returns.
 *
 * Every run leaves a JSON report in the package, from which `npm test` counts. No test is tried twice: a test that sometimes
 * fails is wrong.
 *
 * @param overrides what the package needs otherwise, such as longer timeouts in milliseconds
 */
export function packageTests(overrides: ViteUserConfig['test'] = {}): ViteUserConfig {
  return defineConfig({
    test: {
      include: ['test/**/*.test.{ts,tsx}'],
      reporters: ['default', ['json', { outputFile: '.reports/vitest.json' }]],
      retry: 0,
      testTimeout: 120_000,
      hookTimeout: 120_000,
      // Rendering takes every processor there is: more test files at a time would only wait for each other.
      maxWorkers: 2,
      ...overrides,
    },
  });
}
