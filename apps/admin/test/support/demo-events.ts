import type { RenderVideoResult } from '@defrag/client';
import { adminCall } from './admin-call.ts';
import type { SharedAdmin } from './shared-admin.ts';

type AdminServer = Pick<SharedAdmin['server'], 'url' | 'adminKey'>;

/** Id of a demo event: from 1, without scores, to 12, with both at 100. */
export function demoEventId(number: number): string {
  return `00000000-0000-4000-8000-${String(number).padStart(12, '0')}`;
}

/** What of a video is asked for besides its event. */
export interface VideoWish {
  /** Length in milliseconds. (Default: 6000) */
  readonly duration_ms?: number;
  /** Whether it is rendered even when it is there. (Default: false) */
  readonly force_regenerate?: boolean;
}

/**
 * Has the video of a demo event rendered, as another service would, and waits for it.
 *
 * @throws Error when it does not get READY
 */
export async function renderDemoVideo(
  server: AdminServer,
  number: number,
  wish: VideoWish = {},
): Promise<RenderVideoResult> {
  const result = await askForDemoVideo(server, number, wish, { wait: true });
  if (result.status !== 'READY') throw new Error(`the video of event ${number} is still ${result.status}`);
  return result;
}

/**
 * Asks for the video of a demo event.
 *
 * @param options.wait whether to wait for the end of the render, however it ends
 * @throws Error with the answer when the API refuses, or the render that is waited for fails
 */
export async function askForDemoVideo(
  server: AdminServer,
  number: number,
  wish: VideoWish,
  options: { wait: boolean } = { wait: false },
): Promise<RenderVideoResult> {
  return await adminCall(server, 'render-video', { friction_id: demoEventId(number), ...wish }, options);
}
