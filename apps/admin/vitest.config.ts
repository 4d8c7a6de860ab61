import { packageTests } from '../../vitest.shared.ts';

/** Milliseconds that a condition may take to come true, on a machine that has much else to do. */
const PATIENCE_MS = 30_000;

// Each file has a server, an embedded database and a browser of its own, so two of them may run at a time.
export default packageTests({ expect: { poll: { timeout: PATIENCE_MS } } });
