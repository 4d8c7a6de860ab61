import { packageTests } from '../../vitest.shared.ts';

// Each file has a server, an embedded database and a browser of its own.
export default packageTests({ fileParallelism: false });
