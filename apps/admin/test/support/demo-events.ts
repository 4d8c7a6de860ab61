import type { AdminServer } from './admin-server.ts';

/** Seconds that one video is waited for. */
const WAIT_SECONDS = 60;

/** Id of a demo event, 1..12. */
export function demoEvent(number: number): string {
  return `00000000-0000-4000-8000-${String(number).padStart(12, '0')}`;
}

/**
 * Asks the API for the video of a demo event, as another service would.
 *
 * @param options.wait whether to wait for the end of the render, however it ends
 * @returns the hash of the video; undefined where the render failed
 */
export async function askForVideo(
  server: AdminServer,
  number: number,
  options: { durationMs: number; wait?: boolean },
): Promise<string | undefined> {
  const response = await fetch(`${server.url}/api/v1/admin/render-video`, {
    method: 'POST',
    headers: {
      'content-type': 'application/json',
      'x-defrag-admin-key': server.adminKey,
      ...(options.wait && { prefer: `wait=${WAIT_SECONDS}` }),
    },
    body: JSON.stringify({ friction_id: demoEvent(number), duration_ms: options.durationMs }),
  });
  const { hash } = (await response.json()) as { hash?: string };
  return hash;
}
