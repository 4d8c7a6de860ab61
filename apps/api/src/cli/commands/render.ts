import { objectKey, VIDEO_FORMAT } from '@defrag/core';
import { Command } from 'commander';
import { parseDurationMs, parseFrictionId } from '../arguments.ts';
import { abortOnInterrupt } from '../interrupt.ts';
import { openLocal } from '../open-local.ts';
import { createOutput } from '../output.ts';
import { renderFromCommandLine } from '../render-video.ts';
import { checkWritable, writeVideo } from '../write-video.ts';

interface RenderOptions {
  frictionId: string;
  durationMs: number;
  force: boolean;
  out?: string;
  json: boolean;
}

export function renderCommand(): Command {
  return new Command('render')
    .description('Render the video of a friction event, or find it in the cache, and print its URL.')
    .requiredOption('--friction-id <uuid>', 'the friction event', parseFrictionId)
    .option(
      '--duration-ms <n>',
      'length in milliseconds, 1000..10000',
      parseDurationMs,
      VIDEO_FORMAT.defaultDurationMs,
    )
    .option('--force', 'render again although the video is in the cache, and compare the digests', false)
    .option('--out <file.mp4>', 'also write the video to this file')
    .option('--json', 'print one JSON object instead of text', false)
    .action(run);
}

async function run(options: RenderOptions): Promise<void> {
  if (options.out !== undefined) await checkWritable(options.out);
  const output = createOutput(options);
  const signal = abortOnInterrupt();
  const local = await openLocal('warn');
  try {
    const video = await renderFromCommandLine(local, options, output.progress, signal);
    output.endProgress();
    if (options.out !== undefined) {
      await writeVideo(options.out, await local.services.store.read(objectKey(video.hash)));
    }
    output.result(
      {
        hash: video.hash,
        status: 'READY',
        url: video.url,
        cache_hit: video.cacheHit,
        ...(options.out === undefined ? {} : { out: options.out }),
      },
      [
        `${video.cacheHit ? 'in the cache' : 'rendered'}: ${video.url}`,
        ...(options.out === undefined ? [] : [`written to ${options.out}`]),
      ].join('\n'),
    );
  } finally {
    output.endProgress();
    await local.services.close();
  }
}
