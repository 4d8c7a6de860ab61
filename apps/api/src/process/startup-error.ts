/** The process cannot start, or a command cannot run. The message is one line that says why. */
export class StartupError extends Error {
  override readonly name = 'StartupError';
}
