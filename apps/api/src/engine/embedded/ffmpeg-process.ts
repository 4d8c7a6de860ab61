import { type ChildProcess, spawn } from 'node:child_process';
import { constants } from 'node:os';
import { AppError } from '../../errors.ts';
import type { FfmpegPaths } from './ffmpeg-paths.ts';

/** FFmpeg exits with the low byte of the negative error number. */
const OUT_OF_SPACE_EXIT_CODE = 256 - constants.errno.ENOSPC;

/** Characters of FFmpeg's last words that are kept for the log. */
const STDERR_TAIL_CHARACTERS = 4_000;

export type FfmpegProcess = ReturnType<typeof startFfmpeg>;

/** Starts FFmpeg with a bare environment, so that nothing of the machine changes what it does. */
export function startFfmpeg(paths: FfmpegPaths, args: readonly string[]) {
  const child = spawn(paths.ffmpeg, ['-hide_banner', '-nostdin', '-loglevel', 'error', ...args], {
    env: paths.env,
    stdio: ['pipe', 'pipe', 'pipe'],
    windowsHide: true,
  });
  const { stdin } = child;
  // The exit code explains why the pipe broke; without a listener the error would end the process.
  stdin.on('error', () => {});
  return {
    /** Undefined when the process could not be started; `output` then rejects. */
    pid: child.pid,
    /**
     * FFmpeg's standard output. Settles when the process has exited.
     *
     * @throws AppError RENDER_ENCODER_FAILED, or RENDER_OUT_OF_SPACE
     */
    output: collectOutput(child),
    /**
     * Passes bytes on.
     *
     * @returns when the buffer may be used again: true, or false when FFmpeg has exited; `output` then rejects with the reason
     */
    write(bytes: Uint8Array): Promise<boolean> {
      if (stdin.destroyed) return Promise.resolve(false);
      return new Promise((resolve) => stdin.write(bytes, (error) => resolve(!error)));
    },
    end: () => stdin.end(),
    kill: () => child.kill('SIGKILL'),
  };
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
      else reject(toEncoderError(exitCode, signal, stderr));
    });
  });
  // A caller that writes first and awaits the output later must not meet an unhandled rejection.
  output.catch(() => {});
  return output;
}

function toEncoderError(exitCode: number | null, signal: NodeJS.Signals | null, stderr: string): AppError {
  const cause = new Error(stderr.trim() || 'FFmpeg printed nothing.');
  if (exitCode === OUT_OF_SPACE_EXIT_CODE) {
    return new AppError('RENDER_OUT_OF_SPACE', 'There is no space left for the video.', { cause });
  }
  const how = signal === null ? `ended with exit code ${exitCode}` : `was ended by ${signal}`;
  return new AppError('RENDER_ENCODER_FAILED', `FFmpeg ${how}.`, { cause });
}
