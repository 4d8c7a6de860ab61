import { createHash } from 'node:crypto';
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { encodeArguments } from '../../../src/engine/embedded/ffmpeg-arguments.ts';
import { ffmpegPaths } from '../../../src/engine/embedded/ffmpeg-paths.ts';
import { startFfmpeg } from '../../../src/engine/embedded/ffmpeg-process.ts';
import { joinChunks } from '../../../src/engine/embedded/join-chunks.ts';
import { temporaryFolder } from '../../support/temporary-folder.ts';
import { SYNTHETIC_FORMAT, syntheticFrame } from '../support/synthetic-frames.ts';

const FRAMES = 12;

/**
 * SHA-256 of the twelve synthetic frames as H.264 and as MP4, the same on x64 and arm64 (see `docs/engine.md`). They change
 * with the encoder and its settings; the renderer version must then change too.
 */
const PINNED = {
  h264: '49fdc7e7f160ea63b99444597efe0ebc2435428ef82fa87e7ccd560ff1b7f64c',
  mp4: 'ec9ff8990ff96b20971eea881b65943a45ef4bf701d6af7c21c6cf82cafc2d7e',
};

const sha256 = (bytes: Uint8Array) => createHash('sha256').update(bytes).digest('hex');

async function encode(args: readonly string[]): Promise<Buffer> {
  const encoder = startFfmpeg(ffmpegPaths(), args);
  for (let index = 0; index < FRAMES; index += 1) await encoder.write(syntheticFrame(index));
  encoder.end();
  return encoder.output;
}

test('the encoder outputs the pinned bytes', async () => {
  expect(sha256(await encode(encodeArguments(SYNTHETIC_FORMAT)))).toBe(PINNED.h264);
});

test('the encoder outputs the same bytes without vector instructions', async () => {
  const args = encodeArguments(SYNTHETIC_FORMAT).map((argument) =>
    argument.startsWith('cpu-independent') ? `asm=0:${argument}` : argument,
  );
  expect(args.some((argument) => argument.startsWith('asm=0'))).toBe(true);
  expect(sha256(await encode(['-cpuflags', '0', ...args]))).toBe(PINNED.h264);
});

test('the joined file has the pinned bytes, and no encoder name, version or timestamp', async () => {
  const path = join(await temporaryFolder(), 'video.mp4');
  const chunk = await encode(encodeArguments(SYNTHETIC_FORMAT));
  await joinChunks(ffmpegPaths(), [chunk, chunk], {
    fps: SYNTHETIC_FORMAT.fps,
    videoHash: 'a'.repeat(64),
    path,
    frames: 2 * FRAMES,
    signal: new AbortController().signal,
  });
  const file = await readFile(path);
  expect(file.toString('latin1')).not.toMatch(/x264|lavf|lavc|ffmpeg/i);
  expect(sha256(file)).toBe(PINNED.mp4);
});
