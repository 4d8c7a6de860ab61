import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { createWriteStream } from 'node:fs';
import { mkdtemp, rm, stat } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import { convertRgbaToYuv420, encodeArguments, ffmpegPaths, yuv420Bytes } from '@defrag/api/embedded-engine';
import { createFrameSource } from '@defrag/composition/headless';
import { deriveMotion, durationInFrames, frameProgress, VIDEO_FORMAT } from '@defrag/core';
import { Command, Option } from 'commander';
import { ENCODER_VARIANTS, varyArguments } from './encoder-variants.ts';
import { peakSignalToNoiseDb, squaredError } from './picture-error.ts';
import { endedChildrenCpuSeconds } from './process-tree.ts';
import { BENCHMARK_SCORES, BENCHMARK_SEED } from './scores.ts';

const { width, height, defaultDurationMs } = VIDEO_FORMAT;

/** `bench encode`. Linux only. */
export const encodeCommand = new Command('encode')
  .description('size, quality and processor time of the encoder per setting; needs 1 GB of memory')
  .addOption(
    new Option('--scores <name>', 'the scores to draw')
      .choices(BENCHMARK_SCORES.map(({ name }) => name))
      .default('high'),
  )
  .action(async (options: { scores: string }) => {
    const frames = await drawFrames(options.scores);
    const folder = await mkdtemp(join(tmpdir(), 'bench-encode-'));
    try {
      const table: Record<string, Record<string, number>> = {};
      for (const variant of ENCODER_VARIANTS) {
        const args = varyArguments(encodeArguments(VIDEO_FORMAT), variant);
        table[variant.name] = await measure(args, frames, join(folder, 'video.h264'));
      }
      console.table(table);
    } finally {
      await rm(folder, { recursive: true, force: true });
    }
  });

async function drawFrames(scoresName: string): Promise<Uint8Array[]> {
  const scores = BENCHMARK_SCORES.find(({ name }) => name === scoresName);
  if (!scores) throw new Error(`Unknown scores: ${scoresName}`);
  const source = await createFrameSource({ width, height });
  const profile = deriveMotion(scores, BENCHMARK_SEED);
  const count = durationInFrames(defaultDurationMs);
  const frames = Array.from({ length: count }, (_, frame) => {
    const yuv = new Uint8Array(yuv420Bytes(width, height));
    convertRgbaToYuv420(source.draw(profile, frameProgress(frame, count)), yuv, width, height);
    return yuv;
  });
  source.dispose();
  return frames;
}

async function measure(args: readonly string[], frames: readonly Uint8Array[], path: string) {
  const beforeEncoding = endedChildrenCpuSeconds();
  const encoder = ffmpeg(args);
  await Promise.all([
    pipeline(Readable.from(frames), encoder.stdin),
    pipeline(encoder.stdout, createWriteStream(path)),
    once(encoder, 'exit'),
  ]);
  const encoded = endedChildrenCpuSeconds();
  const decoder = ffmpeg(['-threads', '1', '-i', path, '-c:v', 'rawvideo', '-f', 'image2pipe', 'pipe:1']);
  const exit = once(decoder, 'exit');
  const { meanDb, worstDb } = await compare(decoder.stdout, frames);
  await exit;
  const decoded = endedChildrenCpuSeconds();
  return {
    'size MB': round((await stat(path)).size / 1e6),
    'luma dB': round(meanDb),
    'worst frame dB': round(worstDb),
    'encode CPU s': round(encoded - beforeEncoding),
    'decode CPU s': round(decoded - encoded),
  };
}

function ffmpeg(args: readonly string[]) {
  const paths = ffmpegPaths();
  return spawn(paths.ffmpeg, ['-hide_banner', '-loglevel', 'error', ...args], {
    env: paths.env,
    stdio: ['pipe', 'pipe', 'inherit'],
  });
}

/** Compares decoded frames, as they arrive, with the drawn frames. */
async function compare(decoded: Readable, frames: readonly Uint8Array[]) {
  const samples = width * height;
  const errors: number[] = [];
  const current = new Uint8Array(yuv420Bytes(width, height));
  let filled = 0;
  for await (const bytes of decoded as AsyncIterable<Buffer>) {
    for (let offset = 0; offset < bytes.length; ) {
      const part = bytes.subarray(offset, offset + current.length - filled);
      current.set(part, filled);
      filled += part.length;
      offset += part.length;
      if (filled < current.length) break;
      const drawn = frames[errors.length] ?? new Uint8Array();
      errors.push(squaredError(drawn.subarray(0, samples), current));
      filled = 0;
    }
  }
  if (errors.length !== frames.length) throw new Error(`Decoded ${errors.length} of ${frames.length} frames`);
  const total = errors.reduce((sum, error) => sum + error, 0);
  return {
    meanDb: peakSignalToNoiseDb(total, samples * frames.length),
    worstDb: peakSignalToNoiseDb(Math.max(...errors), samples),
  };
}

function round(value: number): number {
  return Math.round(value * 100) / 100;
}
