import { access, constants } from 'node:fs/promises';
import { describe, expect, test } from 'vitest';
import { compositorPackage, ffmpegPaths, type Machine } from '../../../src/engine/embedded/ffmpeg-paths.ts';

const MACHINES: [Machine, string | undefined][] = [
  [{ platform: 'linux', architecture: 'x64', libc: 'gnu' }, '@remotion/compositor-linux-x64-gnu'],
  [{ platform: 'linux', architecture: 'x64', libc: 'musl' }, '@remotion/compositor-linux-x64-musl'],
  [{ platform: 'linux', architecture: 'arm64', libc: 'gnu' }, '@remotion/compositor-linux-arm64-gnu'],
  [{ platform: 'linux', architecture: 'arm64', libc: 'musl' }, '@remotion/compositor-linux-arm64-musl'],
  [{ platform: 'darwin', architecture: 'x64', libc: undefined }, '@remotion/compositor-darwin-x64'],
  [{ platform: 'darwin', architecture: 'arm64', libc: undefined }, '@remotion/compositor-darwin-arm64'],
  [{ platform: 'win32', architecture: 'x64', libc: undefined }, '@remotion/compositor-win32-x64-msvc'],
  [{ platform: 'win32', architecture: 'arm64', libc: undefined }, undefined],
  [{ platform: 'linux', architecture: 'riscv64', libc: 'gnu' }, undefined],
  [{ platform: 'freebsd', architecture: 'x64', libc: undefined }, undefined],
];

describe('ffmpegPaths', () => {
  test.each(MACHINES)('%o takes %s', (machine, packageName) => {
    expect(compositorPackage(machine)).toBe(packageName);
  });

  test('finds programs that can be run on this machine', async () => {
    const { ffmpeg, ffprobe } = ffmpegPaths();
    await access(ffmpeg, constants.X_OK);
    await access(ffprobe, constants.X_OK);
  });

  test('names the package that is missing', () => {
    const resolve = () => {
      throw new Error('not installed');
    };
    expect(() =>
      ffmpegPaths({ platform: 'darwin', architecture: 'arm64', libc: undefined }, resolve),
    ).toThrow(
      expect.objectContaining({
        code: 'RENDER_ENCODER_FAILED',
        message: expect.stringContaining('@remotion/compositor-darwin-arm64'),
        retryable: false,
      }),
    );
  });

  test('names the machine when there is no FFmpeg for it', () => {
    expect(() => ffmpegPaths({ platform: 'freebsd', architecture: 'x64', libc: undefined })).toThrow(
      'There is no FFmpeg for this machine (freebsd x64)',
    );
  });
});
