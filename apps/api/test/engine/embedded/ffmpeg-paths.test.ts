import { access, constants } from 'node:fs/promises';
import { describe, expect, test } from 'vitest';
import { ffmpegPaths, type Machine } from '../../../src/engine/embedded/ffmpeg-paths.ts';

const MACHINES: [Machine, string][] = [
  [{ platform: 'linux', architecture: 'x64', libc: 'gnu' }, '@remotion/compositor-linux-x64-gnu'],
  [{ platform: 'linux', architecture: 'x64', libc: 'musl' }, '@remotion/compositor-linux-x64-musl'],
  [{ platform: 'linux', architecture: 'arm64', libc: 'gnu' }, '@remotion/compositor-linux-arm64-gnu'],
  [{ platform: 'linux', architecture: 'arm64', libc: 'musl' }, '@remotion/compositor-linux-arm64-musl'],
  [{ platform: 'darwin', architecture: 'x64', libc: undefined }, '@remotion/compositor-darwin-x64'],
  [{ platform: 'darwin', architecture: 'arm64', libc: undefined }, '@remotion/compositor-darwin-arm64'],
  [{ platform: 'win32', architecture: 'x64', libc: 'msvc' }, '@remotion/compositor-win32-x64-msvc'],
];

describe('ffmpegPaths', () => {
  test.each(MACHINES)('finds FFmpeg for %o in %s', (machine, packageName) => {
    const { ffmpeg } = ffmpegPaths(machine, (specifier) => `/modules/${specifier}`);
    const suffix = machine.platform === 'win32' ? '.exe' : '';
    expect(ffmpeg).toBe(`/modules/${packageName}/ffmpeg${suffix}`);
  });

  test.each<[Machine, string]>([
    [{ platform: 'win32', architecture: 'arm64', libc: 'msvc' }, 'win32-arm64-msvc'],
    [{ platform: 'linux', architecture: 'riscv64', libc: 'gnu' }, 'linux-riscv64-gnu'],
    [{ platform: 'freebsd', architecture: 'x64', libc: undefined }, 'freebsd-x64'],
  ])('throws for the unsupported machine %o', (machine, name) => {
    expect(() => ffmpegPaths(machine)).toThrow(`There is no FFmpeg for this machine (${name}).`);
  });

  test('finds programs that run on this machine', async () => {
    const { ffmpeg, ffprobe } = ffmpegPaths();
    await access(ffmpeg, constants.X_OK);
    await access(ffprobe, constants.X_OK);
  });

  test('names the package when it is not installed', () => {
    const resolve = () => {
      throw new Error('not installed');
    };
    const machine = { platform: 'darwin', architecture: 'arm64', libc: undefined } as const;
    expect(() => ffmpegPaths(machine, resolve)).toThrow(
      expect.objectContaining({
        code: 'RENDER_ENCODER_FAILED',
        message: expect.stringContaining('@remotion/compositor-darwin-arm64'),
        retryable: false,
      }),
    );
  });
});
