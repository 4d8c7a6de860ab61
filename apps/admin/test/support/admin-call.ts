import type { SharedAdmin } from './shared-admin.ts';

type AdminServer = Pick<SharedAdmin['server'], 'url' | 'adminKey'>;

/**
 * Calls a route below `/api/v1/admin` with the admin key: POST with a body, GET without one. Throws if the API rejects
 * the call.
 *
 * @param path such as `statistics?window_hours=24`
 * @param options.wait whether to wait for a requested video. (Default: true)
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
