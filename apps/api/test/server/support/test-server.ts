import type { FastifyInstance } from 'fastify';
import { afterAll } from 'vitest';
import { type AppOptions, createApp } from '../../../src/server/app.ts';
import { type ApiClient, createApiClient } from '../../support/api-client.ts';
import { openTestServices, type TestServices } from '../../support/test-services.ts';

/** The secrets of every test server. */
export const ADMIN_KEY = 'test-admin-key-0123456789';
export const CRON_SECRET = 'test-cron-secret-0123456789';
/** Base of the URLs that the test servers return, wherever they listen. */
export const PUBLIC_BASE_URL = 'http://videos.test';

/** Opens services for any number of servers, without a worker. */
export const openServerServices = (): Promise<TestServices> =>
  openTestServices({ tries: 3, publicBaseUrl: PUBLIC_BASE_URL });

/**
 * Opens services and a server for all tests of a file, closed at its end: `const { services, server } = await openTestServer();`
 * at the top of the file.
 */
export async function openTestServer(
  options: Partial<AppOptions> & { readonly services?: TestServices } = {},
): Promise<{ services: TestServices; server: TestServer; admin: ApiClient['admin'] }> {
  const services = options.services ?? (await openServerServices());
  const server = await startServer(services, options);
  afterAll(async () => {
    await server.app.close();
    await services.close();
  });
  return { services, server, admin: createApiClient({ url: server.url, adminKey: ADMIN_KEY }).admin };
}

/** A server that listens on a free port. */
export interface TestServer {
  readonly url: string;
  readonly app: FastifyInstance;
}

/** Starts a server over the services. End it with `app.close()`. */
export async function startServer(
  services: TestServices,
  options: Partial<AppOptions> = {},
): Promise<TestServer> {
  const app = await createApp({
    services,
    engine: 'embedded',
    auth: { adminKey: ADMIN_KEY, cronSecret: CRON_SECRET },
    publicBaseUrl: PUBLIC_BASE_URL,
    corsOrigins: ['https://admin.test'],
    videosDir: services.storeDir,
    rateLimit: { failedAuthPerMinute: 10_000 },
    ...options,
  });
  const listening: Promise<string> = app.listen({ host: '127.0.0.1', port: 0 });
  return { app, url: await listening };
}
