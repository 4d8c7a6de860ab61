import type { SharedAdmin } from './shared-admin.ts';

type AdminServer = Pick<SharedAdmin['server'], 'url' | 'adminKey'>;

/**
 * Calls a route of the API below `/api/v1/admin` with the admin key, as another service would.
 *
 * @param path such as `statistics?window_hours=24`
 * @param body what is posted. (Default: nothing, the route is read)
 * @param options.wait whether a video that is asked for is waited for. (Default: true)
 * @throws Error with the answer when the API refuses
 */
export async function adminCall<Answer>(
  server: AdminServer,
  path: string,
  body?: unknown,
  { wait }: { wait: boolean } = { wait: true },
): Promise<Answer> {
  const response = await fetch(`${server.url}/api/v1/admin/${path}`, {
    method: body === undefined ? 'GET' : 'POST',
    headers: {
      'x-defrag-admin-key': server.adminKey,
      ...(wait && { prefer: 'wait=60' }),
      ...(body !== undefined && { 'content-type': 'application/json' }),
    },
    ...(body !== undefined && { body: JSON.stringify(body) }),
  });
  if (!response.ok) throw new Error(`${path} gave ${response.status}: ${await response.text()}`);
  return (await response.json()) as Answer;
}
