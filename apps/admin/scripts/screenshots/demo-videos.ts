import type { AdminServer } from '../../test/support/admin-server.ts';
import { renderDemoVideo } from '../../test/support/demo-events.ts';

/** Numbers of the demo events whose videos are rendered, so that lists show more than one status. */
const RENDERED = [8, 10, 11];

/** Renders the videos of some demo events, the first one twice, so that its determinism is known. */
export async function renderDemoVideos(server: AdminServer): Promise<void> {
  for (const number of RENDERED) await renderDemoVideo(server, number);
  await renderDemoVideo(server, 8, { force_regenerate: true });
}
