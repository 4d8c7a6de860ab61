import type { FastifyInstance } from 'fastify';
import type { VideoStore } from '../../store/store.ts';
import { keyOfAddress, VIDEO_ROUTE, type VideoAddress } from './video-address.ts';

/**
 * Redirects `/videos/{renderer version}/{hash}.mp4` to the store. The redirect is not cached, because a signed URL expires. The
 * store itself responds if there is no such video.
 */
export function addVideoRedirects(app: FastifyInstance, store: VideoStore): void {
  app.route<{ Params: VideoAddress }>({
    method: ['GET', 'HEAD'],
    url: VIDEO_ROUTE,
    handler: async ({ params, method }, reply) => {
      const url = await store.downloadUrlFor(keyOfAddress(params), method === 'HEAD' ? 'HEAD' : 'GET');
      return (
        reply
          // The response is the same for every origin, and any page may show the video.
          .removeHeader('vary')
          .headers({ 'cache-control': 'no-store', 'cross-origin-resource-policy': 'cross-origin' })
          .redirect(url, 302)
      );
    },
  });
}
