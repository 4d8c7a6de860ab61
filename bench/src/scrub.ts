import { findBrowser } from '@defrag/browser';
import { durationInFrames, ENCODING } from '@defrag/core';
import { numberedVideo } from '@defrag/numbered-video';
import { Command, Option } from 'commander';
import { wholeNumber } from './options.ts';
import { startPageServer } from './scrub/page-server.ts';
import { type ContenderRun, runContender } from './scrub/run-contender.ts';
import { mean, quantile } from './statistics.ts';

const PLAIN = 'plain <video>';
const CONTENDERS = [
  'createDecodedScrubber',
  'createScrubber',
  'VideoScrubber',
  'naive',
  'coalesced',
  'scrolly-video',
  'scrolly-video, jump',
  'react-video-scroll',
];

type ScrubOptions = { contenders: string[]; runs: number; durationMs: number; keyframeInterval: number };

/** `bench scrub`. Linux only, because it measures memory. */
export const scrubCommand = new Command('scrub')
  .description('frames, gaps, errors and memory while scrubbing a 1920x1080 video over its whole length')
  .addOption(
    new Option('--contenders <names...>', 'the scrubbers to measure')
      .choices(CONTENDERS)
      .default(CONTENDERS, 'all'),
  )
  .option('--runs <number>', 'browsers per contender', wholeNumber, 3)
  .option('--duration-ms <ms>', 'length of the drag', wholeNumber, 2_000)
  .option('--keyframe-interval <frames>', 'of the video', wholeNumber, ENCODING.keyframeIntervalFrames)
  .action(async (options: ScrubOptions) => {
    const executablePath = await findBrowser();
    const video = await numberedVideo({ keyframeIntervalFrames: options.keyframeInterval });
    const server = await startPageServer(video);
    try {
      const drag = {
        ...server,
        executablePath,
        durationMs: options.durationMs,
        frames: durationInFrames(6_000),
      };
      const runs = new Map<string, ContenderRun[]>([PLAIN, ...options.contenders].map((name) => [name, []]));
      // In turn, so that a slower machine affects all contenders equally.
      for (let run = 0; run < options.runs; run += 1) {
        for (const [name, results] of runs) results.push(await runContender(name, drag));
      }
      const plainMib = median((runs.get(PLAIN) ?? []).map(({ peakMib }) => peakMib));
      console.table(
        Object.fromEntries(
          options.contenders.map((name) => [name, summarise(runs.get(name) ?? [], plainMib)]),
        ),
      );
    } finally {
      await server.close();
    }
  });

function summarise(runs: readonly ContenderRun[], plainMib: number) {
  const drags = runs.flatMap(({ forwards, backwards }) => [forwards, backwards]);
  const finalErrors = drags.map(({ finalErrorFrames }) => finalErrorFrames);
  return {
    'pictures forwards': median(runs.map(({ forwards }) => forwards.presented)),
    'pictures backwards': median(runs.map(({ backwards }) => backwards.presented)),
    'longest gap ms': Math.round(Math.max(...drags.map(({ longestGapMs }) => longestGapMs))),
    'error frames': round(mean(drags.map(({ meanErrorFrames }) => meanErrorFrames))),
    'error at the end': finalErrors.some(Number.isNaN) ? 'no picture' : Math.max(...finalErrors),
    'memory MiB': Math.round(median(runs.map(({ peakMib }) => peakMib)) - plainMib),
  };
}

function median(values: readonly number[]): number {
  return quantile(values, 0.5);
}

function round(value: number): number {
  return Math.round(value * 10) / 10;
}
