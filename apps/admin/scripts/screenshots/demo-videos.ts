import type { AdminServer } from '../../test/support/admin-server.ts';
import { renderDemoVideo } from '../../test/support/demo-events.ts';

/** Demo events whose videos are rendered, so that lists show more than one status. */
const RENDERED = [8, 10, 11];

/** Short, so that the videos render quickly. */
export const DURATION_MS = 1_000;

/** Renders the videos of some demo events, the first one twice, so that it is verified. */
export async function renderDemoVideos(server: AdminServer): Promise<void> {
  for (const number of RENDERED) await renderDemoVideo(server, number, { duration_ms: DURATION_MS });
  await renderDemoVideo(server, 8, { duration_ms: DURATION_MS, force_regenerate: true });
}
