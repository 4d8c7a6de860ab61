import { packageTests } from '../../vitest.shared.ts';

export default packageTests({ testTimeout: 60_000 });
