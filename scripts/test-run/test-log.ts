import { spawn } from 'node:child_process';
import { createWriteStream, mkdirSync, type WriteStream } from 'node:fs';
import { dirname } from 'node:path';
import { finished } from 'node:stream/promises';
import { stripVTControlCharacters } from 'node:util';

/** The output of a test run: on the screen, and without colours in a file. */
export class TestLog {
  readonly #file: WriteStream;

  /** @param path of the file, which is overwritten */
  constructor(path: string) {
    mkdirSync(dirname(path), { recursive: true });
    this.#file = createWriteStream(path);
  }

  write(text: string): void {
    process.stdout.write(text);
    this.#file.write(stripVTControlCharacters(text));
  }

  /**
   * Runs a program and writes its output, or only returns it with `isSilent`.
   *
   * @returns its exit status: 1 when a signal ended it or it could not be started
   */
  async run(
    program: string,
    programArguments: string[],
    { isSilent, ...options }: { cwd: string; env: NodeJS.ProcessEnv; isSilent: boolean },
  ): Promise<{ status: number; output: string }> {
    let output = '';
    const take = (text: string) => {
      output += text;
      if (!isSilent) this.write(text);
    };
    const child = spawn(program, programArguments, { ...options, stdio: ['ignore', 'pipe', 'pipe'] });
    for (const stream of [child.stdout, child.stderr]) stream.setEncoding('utf8').on('data', take);
    const stop = (signal: NodeJS.Signals) => child.kill(signal);
    process.on('SIGINT', stop).on('SIGTERM', stop);
    const status = await new Promise<number>((resolve) => {
      child.on('error', (error) => take(`${program}: ${error.message}\n`));
      child.on('close', (code) => resolve(code === null || code < 0 ? 1 : code));
    });
    process.off('SIGINT', stop).off('SIGTERM', stop);
    return { status, output };
  }

  /** Resolves when the file is written. */
  async close(): Promise<void> {
    this.#file.end();
    await finished(this.#file);
  }
}
