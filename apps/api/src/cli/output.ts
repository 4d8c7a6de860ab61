import { SingleBar } from 'cli-progress';

/** Where a command's result goes: one JSON line for programs, or a few words for people. */
export interface Output {
  /** Writes the result to standard output; `text` is for people. */
  result(value: Record<string, unknown>, text: string): void;
  /** Shows that `done` of `total` frames are finished. Only on a terminal, on standard error. */
  progress(done: number, total: number): void;
  /** Removes the progress bar. */
  endProgress(): void;
}

/** Makes the output of a command. With `json` the only thing on standard output is the result. */
export function createOutput(options: { json: boolean }): Output {
  let bar: SingleBar | undefined;
  return {
    result(value, text) {
      process.stdout.write(`${options.json ? JSON.stringify(value) : text}\n`);
    },
    progress(done, total) {
      if (options.json || total === 0) return;
      if (bar === undefined) {
        bar = new SingleBar({
          format: 'rendering {bar} {value}/{total} frames, {eta_formatted} left',
          stream: process.stderr,
          // Without a terminal a line now and then, so that a log shows that something moves.
          noTTYOutput: true,
          notTTYSchedule: 2_000,
          hideCursor: true,
          clearOnComplete: true,
        });
        bar.start(total, done);
      }
      bar.update(done);
    },
    endProgress() {
      bar?.stop();
      bar = undefined;
    },
  };
}
