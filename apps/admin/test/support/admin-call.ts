import type { AdminServer } from './admin-server.ts';

/**
 * Calls a route of the API below `/api/v1/admin` with the admin key, as another service would.
 *
 * @param path such as `statistics?window_hours=24`
 * @param body what is posted. (Default: nothing, the route is read)
 * @throws Error with the answer when the API refuses
 */
export async function adminCall<Answer>(server: AdminServer, path: string, body?: unknown): Promise<Answer> {
  const response = await fetch(`${server.url}/api/v1/admin/${path}`, {
    method: body === undefined ? 'GET' : 'POST',
    headers: {
      'x-defrag-admin-key': server.adminKey,
      // A video that is asked for is waited for.
      prefer: 'wait=60',
      ...(body !== undefined && { 'content-type': 'application/json' }),
    },
    ...(body !== undefined && { body: JSON.stringify(body) }),
  });
  if (!response.ok) throw new Error(`${path} gave ${response.status}: ${await response.text()}`);
  return (await response.json()) as Answer;
}

/** Id of a demo event, 1..12. */
export function demoEventId(number: number): string {
  return `00000000-0000-4000-8000-000000000${String(number).padStart(3, '0')}`;
}
