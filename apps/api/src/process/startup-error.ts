/** The process cannot start or a command cannot run, for a reason that one line tells; its message is that line. */
export class StartupError extends Error {
  override readonly name = 'StartupError';
}
