/** The command was ended by a signal; its message is the one line that says so. */
export class InterruptedError extends Error {
  override readonly name = 'InterruptedError';
  /** 130 after Ctrl-C, 143 after SIGTERM, as shells have it. */
  readonly exitStatus: number;

  constructor(message: string, exitStatus: number) {
    super(message);
    this.exitStatus = exitStatus;
  }
}

/**
 * A signal that aborts at the first Ctrl-C, so that a command can tidy up; a second one ends the process at once. Its reason
 * is an {@link InterruptedError}.
 */
export function abortOnInterrupt(): AbortSignal {
  const controller = new AbortController();
  process.once('SIGINT', () => {
    controller.abort(new InterruptedError('interrupted', 130));
    process.once('SIGINT', () => process.exit(130));
  });
  process.once('SIGTERM', () => controller.abort(new InterruptedError('interrupted', 143)));
  return controller.signal;
}

/**
 * Does nothing unless the signal has aborted.
 *
 * @throws InterruptedError that says that the render will still be made
 */
export function throwIfInterruptedWhileQueued(signal: AbortSignal): void {
  if (!signal.aborted) return;
  const { exitStatus } = signal.reason as InterruptedError;
  throw new InterruptedError('interrupted; the render stays in the queue', exitStatus);
}
