import type { RenderVideoResult } from '@defrag/client';
import { adminCall } from './admin-call.ts';
import type { SharedAdmin } from './shared-admin.ts';

type AdminServer = Pick<SharedAdmin['server'], 'url' | 'adminKey'>;

/** Id of a demo event: 1 has both scores at 0, 12 has both at 100. */
export function demoEventId(number: number): string {
  return `00000000-0000-4000-8000-${String(number).padStart(12, '0')}`;
}

/** Options of a requested video. */
export interface VideoWish {
  /** Length in milliseconds. (Default: 6000) */
  readonly duration_ms?: number;
  /** Whether to render it again when it is ready. (Default: false) */
  readonly force_regenerate?: boolean;
}

/** Renders the video of a demo event through the API. Throws unless it becomes READY. */
export async function renderDemoVideo(
  server: AdminServer,
  number: number,
  wish: VideoWish = {},
): Promise<RenderVideoResult> {
  const result = await requestDemoVideo(server, number, wish, { wait: true });
  if (result.status !== 'READY') throw new Error(`the video of event ${number} is still ${result.status}`);
  return result;
}

/**
 * Requests the video of a demo event, and waits for the render to end if `wait` is set. Throws if the API rejects the
 * request or the render fails meanwhile.
 */
export async function requestDemoVideo(
  server: AdminServer,
  number: number,
  wish: VideoWish,
  options: { wait: boolean } = { wait: false },
): Promise<RenderVideoResult> {
  return await adminCall(server, 'render-video', { friction_id: demoEventId(number), ...wish }, options);
}
