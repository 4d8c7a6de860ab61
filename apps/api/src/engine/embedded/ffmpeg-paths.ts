import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';
import { AppError } from '../../errors.ts';

export interface FfmpegPaths {
  readonly ffmpeg: string;
  readonly ffprobe: string;
  /** The whole environment that both need: where their shared libraries are. */
  readonly env: { readonly LD_LIBRARY_PATH: string; readonly DYLD_LIBRARY_PATH: string };
}

/** The machine, as far as it decides which binaries run on it. */
export interface Machine {
  readonly platform: NodeJS.Platform;
  readonly architecture: NodeJS.Architecture;
  /** The C library, or Windows' compiler; undefined on macOS. */
  readonly libc: 'gnu' | 'musl' | 'msvc' | undefined;
}

/** Machines that Remotion builds FFmpeg for; each has a package `@remotion/compositor-<name>`. */
const COMPOSITORS = new Set([
  'darwin-arm64',
  'darwin-x64',
  'linux-arm64-gnu',
  'linux-arm64-musl',
  'linux-x64-gnu',
  'linux-x64-musl',
  'win32-x64-msvc',
]);

function thisMachine(): Machine {
  const { platform, arch: architecture } = process;
  const libc =
    platform === 'linux' ? (usesGlibc() ? 'gnu' : 'musl') : platform === 'win32' ? 'msvc' : undefined;
  return { platform, architecture, libc };
}

/**
 * Finds the bundled FFmpeg. Never uses the system's FFmpeg.
 *
 * @param resolve finds a module, as `require.resolve` does; throws when it is not installed
 * @throws AppError RENDER_ENCODER_FAILED naming the package that is missing
 */
export function ffmpegPaths(
  machine: Machine = thisMachine(),
  resolve: (specifier: string) => string = createRequire(import.meta.url).resolve,
): FfmpegPaths {
  const { platform, architecture, libc } = machine;
  const name = [platform, architecture, libc].filter(Boolean).join('-');
  const fail = (message: string, cause?: unknown) =>
    new AppError('RENDER_ENCODER_FAILED', message, { cause, retryable: false });
  if (!COMPOSITORS.has(name)) throw fail(`There is no FFmpeg for this machine (${name}).`);
  const packageName = `@remotion/compositor-${name}`;
  let folder: string;
  try {
    folder = dirname(resolve(`${packageName}/package.json`));
  } catch (cause) {
    throw fail(`FFmpeg is missing: install the optional dependency ${packageName}.`, cause);
  }
  const suffix = platform === 'win32' ? '.exe' : '';
  return {
    ffmpeg: join(folder, `ffmpeg${suffix}`),
    ffprobe: join(folder, `ffprobe${suffix}`),
    env: { LD_LIBRARY_PATH: folder, DYLD_LIBRARY_PATH: folder },
  };
}

function usesGlibc(): boolean {
  // Without this the report looks up the name of every open connection, which can take seconds.
  Object.assign(process.report, { excludeNetwork: true });
  const report = process.report.getReport() as { header: { glibcVersionRuntime?: string } };
  return report.header.glibcVersionRuntime !== undefined;
}
