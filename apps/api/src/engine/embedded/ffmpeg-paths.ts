import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';
import { AppError } from '../../errors.ts';

/** Where FFmpeg is. Absolute paths. */
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
  /** The C library; `undefined` outside Linux. */
  readonly libc: 'gnu' | 'musl' | undefined;
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

/** The machine that this process runs on. */
export function thisMachine(): Machine {
  return {
    platform: process.platform,
    architecture: process.arch,
    libc: process.platform === 'linux' ? (usesGlibc() ? 'gnu' : 'musl') : undefined,
  };
}

/** Name of the package that brings FFmpeg for a machine; `undefined` when there is none. */
export function compositorPackage({ platform, architecture, libc }: Machine): string | undefined {
  const name = [platform, architecture, platform === 'win32' ? 'msvc' : libc].filter(Boolean).join('-');
  return COMPOSITORS.has(name) ? `@remotion/compositor-${name}` : undefined;
}

/**
 * Finds the FFmpeg that comes with the dependencies; nothing is taken from the system.
 *
 * @param resolve finds a module, as `require.resolve` does; throws when it is not installed
 * @throws AppError RENDER_ENCODER_FAILED naming the package that is missing
 */
export function ffmpegPaths(
  machine: Machine = thisMachine(),
  resolve: (specifier: string) => string = createRequire(import.meta.url).resolve,
): FfmpegPaths {
  const packageName = compositorPackage(machine);
  if (packageName === undefined) {
    const { platform, architecture, libc } = machine;
    const name = [platform, architecture, libc].filter(Boolean).join(' ');
    throw new AppError('RENDER_ENCODER_FAILED', `There is no FFmpeg for this machine (${name})`, {
      retryable: false,
    });
  }
  let manifestPath: string;
  try {
    manifestPath = resolve(`${packageName}/package.json`);
  } catch (cause) {
    const message = `FFmpeg is missing: the optional dependency ${packageName} is not installed`;
    throw new AppError('RENDER_ENCODER_FAILED', message, { cause, retryable: false });
  }
  const folder = dirname(manifestPath);
  const suffix = machine.platform === 'win32' ? '.exe' : '';
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
