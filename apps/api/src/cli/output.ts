import { SingleBar } from 'cli-progress';

/** Output of a command: one JSON line for programs, or text for people. */
export interface Output {
  /** Writes the result to standard output; `text` is for people. */
  result(value: Record<string, unknown>, text: string): void;
  /** Shows on standard error that `done` of `total` frames are finished. */
  progress(done: number, total: number): void;
  endProgress(): void;
}

/** With `json`, standard output has nothing but the result. */
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
          // Without a terminal, prints a line every two seconds.
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
