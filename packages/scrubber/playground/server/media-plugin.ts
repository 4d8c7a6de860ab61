import { numberedVideo } from '@defrag/numbered-video';
import type { Plugin } from 'vite';
import { startMediaServer } from '../../test/support/media-server.ts';
import { sampleVideo } from './sample-video.ts';

/** Several origins, because browsers open at most six connections per origin and each video holds one. */
const ORIGINS = ['bench', 'panels', 'faults'] as const;

/**
 * Renders the sample videos if missing and serves them from other origins, also with faults. The page reads the URLs from
 * `import.meta.env.VITE_MEDIA_URLS`.
 */
export function mediaPlugin(): Plugin {
  let servers: Awaited<ReturnType<typeof startMediaServer>>[] = [];
  return {
    name: 'playground-media',
    apply: 'serve',
    async config() {
      const videos = { rendered: await sampleVideo(), numbered: await numberedVideo() };
      servers = await Promise.all(ORIGINS.map(() => startMediaServer(videos)));
      const urls = Object.fromEntries(ORIGINS.map((origin, index) => [origin, servers[index]?.url]));
      return { define: { 'import.meta.env.VITE_MEDIA_URLS': JSON.stringify(urls) } };
    },
    configureServer(server) {
      server.httpServer?.once('close', () => {
        for (const media of servers) void media.close();
      });
    },
  };
}
