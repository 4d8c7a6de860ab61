import { createHash } from 'node:crypto';
import { existsSync } from 'node:fs';
import { mkdir, rename } from 'node:fs/promises';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import {
  convertRgbaToYuv420,
  encodeArguments,
  ffmpegPaths,
  joinChunks,
  startFfmpeg,
  yuv420Bytes,
} from '@defrag/api/embedded-engine';
import { createFrameSource } from '@defrag/composition/headless';
import {
  deriveMotion,
  durationInFrames,
  ENCODING,
  frameProgress,
  RENDERER_VERSION,
  VIDEO_FORMAT,
} from '@defrag/core';
import { stampStrip } from './stamp-strip.ts';

export interface NumberedVideoOptions {
  /** At most 17000, because of the bits of the strip. (Default: 6000) */
  readonly durationMs?: number;
  /** Distance of keyframes. (Default: that of the renderer, 5) */
  readonly keyframeIntervalFrames?: number;
  /** Scores of the picture, 0..100; pictures with high scores are harder to decode. (Default: 93 and 90) */
  readonly frictionScore?: number;
  readonly pressureScore?: number;
}

const FOLDER = fileURLToPath(new URL('../../../node_modules/.cache/numbered-videos', import.meta.url));

/**
 * A video of the real picture, encoded with the settings of the renderer, in which every frame carries its number
 * (`strip.ts`). It is cached in `node_modules/.cache`; making it takes some seconds.
 *
 * @returns absolute path of an MP4 of 1920x1080 at 30 frames per second
 */
export async function numberedVideo(options: NumberedVideoOptions = {}): Promise<string> {
  const wanted = {
    durationMs: VIDEO_FORMAT.defaultDurationMs,
    keyframeIntervalFrames: ENCODING.keyframeIntervalFrames,
    frictionScore: 93,
    pressureScore: 90,
    ...options,
  };
  const encoder = encoderArguments(wanted.keyframeIntervalFrames);
  const identity = JSON.stringify([RENDERER_VERSION, wanted, encoder]);
  const name = createHash('sha256').update(identity).digest('hex').slice(0, 16);
  const path = join(FOLDER, `${name}.mp4`);
  if (!existsSync(path)) await make(wanted, encoder, path);
  return path;
}

function encoderArguments(keyframeIntervalFrames: number): string[] {
  const args = encodeArguments(VIDEO_FORMAT);
  for (const option of ['-g', '-keyint_min']) args[args.indexOf(option) + 1] = String(keyframeIntervalFrames);
  return args;
}

async function make(wanted: Required<NumberedVideoOptions>, encoder: string[], path: string): Promise<void> {
  const { width, height, fps } = VIDEO_FORMAT;
  const frames = durationInFrames(wanted.durationMs);
  const ffmpeg = ffmpegPaths();
  const encoding = startFfmpeg(ffmpeg, encoder);
  const source = await createFrameSource({ width, height });
  try {
    const profile = deriveMotion(wanted, 'numbered-video');
    const yuv = new Uint8Array(yuv420Bytes(width, height));
    for (let frame = 0; frame < frames; frame += 1) {
      const pixels = source.draw(profile, frameProgress(frame, frames));
      stampStrip(pixels, width, frame);
      convertRgbaToYuv420(pixels, yuv, width, height);
      if (!(await encoding.write(yuv))) break;
    }
  } finally {
    source.dispose();
    encoding.end();
  }
  await mkdir(FOLDER, { recursive: true });
  // Two processes may make the same video: each writes its own file, and the last one replaces the other's.
  const partial = `${path}.${process.pid}`;
  const { signal } = new AbortController();
  await joinChunks(ffmpeg, [await encoding.output], {
    fps,
    videoHash: 'numbered',
    path: partial,
    frames,
    signal,
  });
  await rename(partial, path);
}
