import { packageTests } from '../../vitest.shared.ts';

export default packageTests({ globalSetup: ['test/support/global-setup.ts'] });
