import type { FastifyInstance } from 'fastify';
import type { VideoStore } from '../../store/store.ts';
import { keyOfAddress, VIDEO_ROUTE, type VideoAddress } from './video-address.ts';

/**
 * Leads from `/videos/{renderer version}/{hash}.mp4` to where the store hands the video out. The address is final, what it leads to
 * is not: a signed URL expires, so the answer is kept by nobody. The store is not asked whether there is such a video; it says so
 * itself.
 */
export function addVideoRedirects(app: FastifyInstance, store: VideoStore): void {
  app.route<{ Params: VideoAddress }>({
    method: ['GET', 'HEAD'],
    url: VIDEO_ROUTE,
    handler: async ({ params, method }, reply) => {
      const url = await store.downloadUrlFor(keyOfAddress(params), method === 'HEAD' ? 'HEAD' : 'GET');
      return (
        reply
          // The answer is the same for every origin, and any page may show the video that it leads to.
          .removeHeader('vary')
          .headers({ 'cache-control': 'no-store', 'cross-origin-resource-policy': 'cross-origin' })
          .redirect(url, 302)
      );
    },
  });
}
