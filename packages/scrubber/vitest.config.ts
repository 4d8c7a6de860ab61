import { playwright } from '@vitest/browser-playwright';
import { defineConfig } from 'vitest/config';
import { packageTests } from '../../vitest.shared.ts';
import { commands } from './test/support/commands.ts';

const { test: shared } = packageTests();

/** The tests that run inside of a browser, with one version of React. */
function inChromium(name: string, aliases: Record<string, string>) {
  return {
    extends: true as const,
    resolve: { alias: aliases },
    optimizeDeps: { include: ['react', 'react-dom', 'react-dom/client', 'react/jsx-dev-runtime', 'axe-core'] },
    test: {
      name,
      include: ['test/browser/**/*.test.{ts,tsx}'],
      globalSetup: ['test/support/global-setup.ts'],
      browser: {
        enabled: true,
        headless: true,
        screenshotFailures: false,
        provider: playwright({
          launchOptions: {
            ...(process.env['DEFRAG_BROWSER'] && { executablePath: process.env['DEFRAG_BROWSER'] }),
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
    fileParallelism: false,
    projects: [
      { extends: true, test: { name: 'node', include: ['test/*.test.{ts,tsx}'] } },
      inChromium('React 19', {}),
      inChromium('React 18', { react: 'react-18', 'react-dom': 'react-dom-18' }),
    ],
  },
});
