import type { Logger } from 'pino';

/** Milliseconds after which a hanging shutdown is ended by force. */
const SHUTDOWN_TIMEOUT_MS = 20_000;

/**
 * Runs `close` at the first SIGINT, SIGTERM or SIGHUP and ends the process with status 0, or 1 when closing failed. Further signals
 * are ignored: a terminal sends Ctrl-C to its whole process group, and a parent may forward it again.
 */
export function onShutdown(logger: Logger, close: () => Promise<void>): void {
  let closing = false;
  const shutDown = async (signal: NodeJS.Signals) => {
    if (closing) return;
    closing = true;
    logger.info({ signal }, 'stopping');
    setTimeout(() => process.exit(1), SHUTDOWN_TIMEOUT_MS).unref();
    try {
      await close();
      process.exit(0);
    } catch (error) {
      logger.error({ err: error }, 'stopping failed');
      process.exit(1);
    }
  };
  for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) {
    process.on(signal, () => void shutDown(signal));
  }
}
