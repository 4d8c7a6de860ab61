export class InterruptedError extends Error {
  override readonly name = 'InterruptedError';
  /** As in shells: 130 after Ctrl-C, 143 after SIGTERM. */
  readonly exitStatus: number;

  constructor(message: string, exitStatus: number) {
    super(message);
    this.exitStatus = exitStatus;
  }
}

/**
 * A signal that aborts at the first Ctrl-C, with an {@link InterruptedError} as its reason, so that a command can clean up. A
 * second Ctrl-C ends the process at once.
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
 * @throws InterruptedError if the signal has aborted; its message says that the render stays in the queue
 */
export function throwIfInterruptedWhileQueued(signal: AbortSignal): void {
  if (!signal.aborted) return;
  const { exitStatus } = signal.reason as InterruptedError;
  throw new InterruptedError('interrupted; the render stays in the queue', exitStatus);
}
