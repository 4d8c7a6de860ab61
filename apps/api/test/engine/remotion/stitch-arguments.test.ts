import { execFile } from 'node:child_process';
import { createHash } from 'node:crypto';
import { readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { createFrameSource, loadCanvasKit } from '@defrag/composition/headless';
import { deriveMotion, frameProgress } from '@defrag/core';
import { expect, test } from 'vitest';
import { ffmpegPaths } from '../../../src/engine/embedded/ffmpeg-paths.ts';
import { stitchArguments } from '../../../src/engine/remotion/stitch-arguments.ts';
import { temporaryFolder } from '../../support/temporary-folder.ts';

const SIZE = { width: 640, height: 360 };
const FRAMES = 12;

/**
 * SHA-256 of twelve small frames as a video. It changes with the encoder, the conversion and their settings; the renderer
 * version must then change too.
 */
const PINNED = '620c8c9afd3bebeb48bed599ee842812c4ac0458297a1a175027a501bee55572';

/** Runs FFmpeg with the arguments that Remotion passes for these frames, replaced by ours. */
async function stitch(folder: string, change: (args: string[]) => string[]): Promise<Buffer> {
  const output = join(folder, 'video.m4v');
  const remotions = [
    ...['-r', '30', '-f', 'image2', '-s', `${SIZE.width}x${SIZE.height}`, '-start_number', '0'],
    ...['-i', join(folder, 'element-%02d.png'), '-an', '-c:v', 'libx264', '-crf', '18', '-y', output],
  ];
  const { ffmpeg, env } = ffmpegPaths();
  await promisify(execFile)(ffmpeg, change(stitchArguments(remotions, 'a'.repeat(64))), { env });
  return readFile(output);
}

async function writeFrames(folder: string): Promise<void> {
  const canvasKit = await loadCanvasKit();
  const source = await createFrameSource(SIZE);
  const profile = deriveMotion({ frictionScore: 93, pressureScore: 90 }, 'golden');
  for (let frame = 0; frame < FRAMES; frame += 1) {
    const pixels = source.draw(profile, frameProgress(frame, FRAMES));
    const info = {
      ...SIZE,
      colorType: canvasKit.ColorType.RGBA_8888,
      alphaType: canvasKit.AlphaType.Unpremul,
      colorSpace: canvasKit.ColorSpace.SRGB,
    };
    const png = canvasKit.MakeImage(info, pixels, SIZE.width * 4)?.encodeToBytes();
    await writeFile(join(folder, `element-${String(frame).padStart(2, '0')}.png`), png as Uint8Array);
  }
  source.dispose();
}

test('encodes frames to the pinned bytes, also without vector instructions, in a file without an encoder name', async () => {
  const folder = await temporaryFolder();
  await writeFrames(folder);
  const video = await stitch(folder, (args) => args);
  expect(createHash('sha256').update(video).digest('hex')).toBe(PINNED);
  expect(video.toString('latin1')).not.toMatch(/x264|lavf|lavc|ffmpeg|remotion/i);

  const plain = await stitch(folder, (args) => [
    ...['-cpuflags', '0'],
    ...args.map((argument) => (argument.startsWith('cpu-independent') ? `asm=0:${argument}` : argument)),
  ]);
  expect(plain.equals(video)).toBe(true);
});

test('throws for FFmpeg arguments in an unknown order', () => {
  expect(() => stitchArguments(['-f', 'image2', 'video.mp4'], 'a'.repeat(64))).toThrow(/unknown way/);
});
