import { numberedVideo } from '@defrag/numbered-video';
import type { TestProject } from 'vitest/node';
import { startMediaServer } from './media-server.ts';

declare module 'vitest' {
  export interface ProvidedContext {
    /** URL of the media server, without a trailing slash. */
    mediaUrl: string;
  }
}

/** Starts the media server of all browser tests. */
export async function setup({ provide }: TestProject): Promise<() => Promise<void>> {
  const server = await startMediaServer({
    six: await numberedVideo(),
    two: await numberedVideo({ durationMs: 2_000 }),
    sparse: await numberedVideo({ keyframeIntervalFrames: 250 }),
  });
  provide('mediaUrl', server.url);
  return server.close;
}
