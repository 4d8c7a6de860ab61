import { spawn } from 'node:child_process';
import { createWriteStream, mkdirSync, type WriteStream } from 'node:fs';
import { dirname } from 'node:path';
import { finished } from 'node:stream/promises';
import { stripVTControlCharacters } from 'node:util';

/** Everything that a test run prints: on the screen as it comes, and without colours in a file. */
export class TestLog {
  readonly #file: WriteStream;

  /** @param path of the file, which is replaced */
  constructor(path: string) {
    mkdirSync(dirname(path), { recursive: true });
    this.#file = createWriteStream(path);
  }

  write(text: string): void {
    process.stdout.write(text);
    this.#file.write(stripVTControlCharacters(text));
  }

  /**
   * Runs a program and prints what it prints.
   *
   * @returns its exit status; 1 when a signal ended it or it could not be started
   */
  run(
    program: string,
    programArguments: string[],
    options: { cwd: string; env: NodeJS.ProcessEnv },
  ): Promise<number> {
    const child = spawn(program, programArguments, { ...options, stdio: ['ignore', 'pipe', 'pipe'] });
    for (const stream of [child.stdout, child.stderr]) {
      stream.setEncoding('utf8').on('data', (text: string) => this.write(text));
    }
    const stop = (signal: NodeJS.Signals) => child.kill(signal);
    process.on('SIGINT', stop).on('SIGTERM', stop);
    return new Promise((resolve) => {
      child.on('error', (error) => this.write(`${program}: ${error.message}\n`));
      child.on('close', (code) => {
        process.off('SIGINT', stop).off('SIGTERM', stop);
        resolve(code === null || code < 0 ? 1 : code);
      });
    });
  }

  /** Ends the file; resolves when all of it is written. */
  async close(): Promise<void> {
    this.#file.end();
    await finished(this.#file);
  }
}
