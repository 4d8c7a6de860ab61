import { type ChildProcess, spawn } from 'node:child_process';
import { constants } from 'node:os';
import type { Writable } from 'node:stream';
import { AppError } from '../../errors.ts';
import type { FfmpegPaths } from './ffmpeg-paths.ts';

/** A running FFmpeg that reads from its standard input. */
export interface FfmpegProcess {
  /** `undefined` when the process could not be started; `output` then rejects. */
  readonly pid: number | undefined;
  /**
   * Passes bytes on. Resolves when they have left this process, so that the buffer may be used again: true when FFmpeg took
   * them, false when it is gone, and then `output` tells why.
   */
  write(bytes: Uint8Array): Promise<boolean>;
  /** Says that nothing more will be written. */
  end(): void;
  /**
   * What FFmpeg wrote to its standard output. Settles when the process is gone.
   *
   * @throws AppError RENDER_ENCODER_FAILED, or RENDER_OUT_OF_SPACE
   */
  readonly output: Promise<Buffer>;
  /** Ends the process at once. */
  kill(): void;
}

/** FFmpeg exits with the low byte of the negative error number. */
const OUT_OF_SPACE_EXIT_CODE = 256 - constants.errno.ENOSPC;

/** Characters of FFmpeg's last words that are kept for the log. */
const STDERR_TAIL_CHARACTERS = 4_000;

/** Starts FFmpeg with a bare environment, so that nothing of the machine changes what it does. */
export function startFfmpeg(paths: FfmpegPaths, args: readonly string[]): FfmpegProcess {
  const child = spawn(paths.ffmpeg, ['-hide_banner', '-nostdin', '-loglevel', 'error', ...args], {
    env: paths.env,
    stdio: ['pipe', 'pipe', 'pipe'],
    windowsHide: true,
  });
  // The reason of a broken pipe is in the exit code; unheard, the event would end the process.
  child.stdin.on('error', () => {});
  return {
    pid: child.pid,
    output: collectOutput(child),
    write: (bytes) => write(child.stdin, bytes),
    end: () => child.stdin.end(),
    kill: () => child.kill('SIGKILL'),
  };
}

function write(stream: Writable, bytes: Uint8Array): Promise<boolean> {
  if (stream.destroyed) return Promise.resolve(false);
  return new Promise((resolve) => stream.write(bytes, (error) => resolve(!error)));
}

function collectOutput(child: ChildProcess): Promise<Buffer> {
  const stdout: Buffer[] = [];
  let stderr = '';
  child.stdout?.on('data', (bytes: Buffer) => stdout.push(bytes));
  child.stderr?.on('data', (bytes: Buffer) => {
    stderr = (stderr + bytes.toString()).slice(-STDERR_TAIL_CHARACTERS);
  });
  const output = new Promise<Buffer>((resolve, reject) => {
    child.once('error', (cause) =>
      reject(new AppError('RENDER_ENCODER_FAILED', 'FFmpeg could not be started.', { cause })),
    );
    child.once('close', (exitCode, signal) => {
      if (exitCode === 0) resolve(Buffer.concat(stdout));
      else reject(failure(exitCode, signal, stderr));
    });
  });
  // Whoever writes first and awaits the output later must not be overtaken by an unhandled rejection.
  output.catch(() => {});
  return output;
}

function failure(exitCode: number | null, signal: NodeJS.Signals | null, stderr: string): AppError {
  const cause = new Error(stderr.trim() || 'FFmpeg said nothing');
  if (exitCode === OUT_OF_SPACE_EXIT_CODE) {
    return new AppError('RENDER_OUT_OF_SPACE', 'There is no space left for the video', { cause });
  }
  const how = signal === null ? `ended with exit code ${exitCode}.` : `was ended by ${signal}.`;
  return new AppError('RENDER_ENCODER_FAILED', `FFmpeg ${how}`, { cause });
}
