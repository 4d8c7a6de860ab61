import type { AdminServer } from '../../test/support/admin-server.ts';

/** Numbers of the demo events whose videos are rendered, so that lists show more than one status. */
const RENDERED = ['008', '010', '011'];

/** Seconds that one video is waited for. */
const WAIT_SECONDS = 60;

/** Renders the videos of some demo events, the first one twice, so that its determinism is known. */
export async function renderDemoVideos(server: AdminServer): Promise<void> {
  for (const number of RENDERED) await renderDemoVideo(server, number, false);
  await renderDemoVideo(server, '008', true);
}

async function renderDemoVideo(server: AdminServer, number: string, forced: boolean): Promise<void> {
  const response = await fetch(`${server.url}/api/v1/admin/render-video`, {
    method: 'POST',
    headers: {
      'content-type': 'application/json',
      'x-defrag-admin-key': server.adminKey,
      prefer: `wait=${WAIT_SECONDS}`,
    },
    body: JSON.stringify({
      friction_id: `00000000-0000-4000-8000-000000000${number}`,
      force_regenerate: forced,
    }),
  });
  if (response.status !== 200) throw new Error(`event ${number} was not rendered: ${await response.text()}`);
}
