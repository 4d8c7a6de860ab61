import { packageTests } from '../../vitest.shared.ts';

/** Milliseconds that a condition may take to come true on a busy machine. */
const PATIENCE_MS = 30_000;

export default packageTests({
  // Each project adds its own.
  include: [],
  projects: [
    { extends: true, test: { name: 'logic', include: ['test/logic/**/*.test.ts'] } },
    {
      extends: true,
      test: {
        name: 'browser',
        include: ['test/browser/**/*.test.ts'],
        globalSetup: ['test/support/shared-admin.ts'],
        expect: { poll: { timeout: PATIENCE_MS } },
      },
    },
  ],
});
