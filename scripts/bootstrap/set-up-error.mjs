/** The set-up cannot go on; the message is what a person should read, and all of it. */
export class SetUpError extends Error {
  /** @override */
  name = 'SetUpError';
}
