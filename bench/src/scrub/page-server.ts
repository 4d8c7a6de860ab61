import { copyFile, mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { build, preview } from 'vite';

/** A running server with the page, and the video at `/video.mp4`. */
export interface PageServer {
  /** URL of the page. */
  readonly url: string;
  close(): Promise<void>;
}

/** Builds and serves the page with all contenders, and the video with Range support, on a free local port. */
export async function startPageServer(videoPath: string): Promise<PageServer> {
  const root = fileURLToPath(new URL('./page', import.meta.url));
  const outDir = await mkdtemp(join(tmpdir(), 'bench-scrub-'));
  const settings = { root, configFile: false, logLevel: 'error' } as const;
  await build({ ...settings, build: { outDir, target: 'es2022', chunkSizeWarningLimit: 2_000 } });
  await copyFile(videoPath, join(outDir, 'video.mp4'));
  const server = await preview({ ...settings, build: { outDir }, preview: { host: '127.0.0.1', port: 0 } });
  const url = server.resolvedUrls?.local[0];
  if (!url) throw new Error('The page server has no URL');
  return {
    url,
    async close() {
      await server.close();
      await rm(outDir, { recursive: true, force: true });
    },
  };
}
