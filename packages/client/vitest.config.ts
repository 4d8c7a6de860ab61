import { packageTests } from '../../vitest.shared.ts';

// The PostgreSQL server of the API's tests.
export default packageTests({ globalSetup: ['../../apps/api/test/support/global-setup.ts'] });
