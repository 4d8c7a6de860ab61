import { findBrowser } from '@defrag/browser';
import { playwright } from '@vitest/browser-playwright';
import { defineConfig } from 'vitest/config';
import { packageTests } from '../../vitest.shared.ts';
import { commands } from './test/support/commands.ts';

const { include: _include, ...shared } = packageTests().test ?? {};
const executablePath = await findBrowser();

/** Tests that run in Chromium with one version of React. */
function inChromium(name: string, include: string, aliases: Record<string, string>) {
  return {
    extends: true as const,
    resolve: { alias: aliases },
    optimizeDeps: {
      include: [
        'react',
        'react-dom',
        'react-dom/client',
        'react-dom/server',
        'react/jsx-dev-runtime',
        'axe-core',
      ],
    },
    test: {
      name,
      include: [include],
      globalSetup: ['test/support/global-setup.ts'],
      browser: {
        enabled: true,
        headless: true,
        screenshotFailures: false,
        provider: playwright({
          launchOptions: {
            executablePath,
            args: ['--no-sandbox'],
          },
          contextOptions: { hasTouch: true, viewport: { width: 1280, height: 800 } },
        }),
        instances: [{ browser: 'chromium' as const }],
        commands,
      },
    },
  };
}

export default defineConfig({
  test: {
    ...shared,
    // Videos play in real time: a second file at the same time makes frames late.
    fileParallelism: false,
    projects: [
      {
        extends: true,
        test: {
          name: 'node',
          include: ['test/*.test.{ts,tsx}'],
          globalSetup: ['test/support/pack-setup.ts'],
        },
      },
      inChromium('React 19', 'test/browser/**/*.test.{ts,tsx}', {}),
      // Tests without React run once, with the React 19 project.
      inChromium('React 18', 'test/browser/**/*.test.tsx', {
        react: 'react-18',
        'react-dom': 'react-dom-18',
      }),
    ],
  },
});
