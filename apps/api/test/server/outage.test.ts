import { rm, writeFile } from 'node:fs/promises';
import { expect, it, onTestFinished } from 'vitest';
import { demoEventId } from '../support/test-services.ts';
import { getAsAdmin, postJson, send } from './support/http.ts';
import { readyVideo } from './support/ready-video.ts';
import { openServerServices, startServer } from './support/test-server.ts';

async function serve() {
  const services = await openServerServices();
  const server = await startServer(services);
  onTestFinished(async () => {
    await server.app.close();
    await services.close();
  });
  return { services, url: server.url };
}

it('returns 503 on every database route while the database is unreachable, without details of the error', async () => {
  const { services, url } = await serve();
  const { hash } = await readyVideo(services, demoEventId(1));
  expect(await send(`${url}/readyz`)).toMatchObject({
    status: 200,
    json: { status: 'ready', database: true, store: true },
  });

  await services.queue.close();
  await services.database.close();

  const answers = [
    await postJson(`${url}/api/v1/admin/render-video`, { friction_id: demoEventId(1) }),
    await getAsAdmin(`${url}/api/v1/admin/videos`),
    await getAsAdmin(`${url}/api/v1/admin/videos/${hash}`),
    await postJson(`${url}/api/v1/admin/videos/${hash}/retry`, {}),
    await postJson(`${url}/api/v1/admin/videos/${hash}/cancel`, {}),
    await getAsAdmin(`${url}/api/v1/admin/friction-events`),
    await getAsAdmin(`${url}/api/v1/admin/friction-events/${demoEventId(1)}`),
    await send(`${url}/api/v1/assets/${hash}`),
    await postJson(`${url}/trpc/admin.renderVideo`, { friction_id: demoEventId(1) }),
    await getAsAdmin(`${url}/trpc/admin.videos.list`),
  ];
  for (const answer of answers) {
    expect(answer.status).toBe(503);
    expect(Number(answer.headers['retry-after'])).toBeGreaterThan(0);
    const { error } = answer.json;
    expect(error.data?.error_code ?? error.code).toBe('UNAVAILABLE');
    expect(answer.text).not.toMatch(/select|insert|friction_events| at |node_modules|closed/i);
    expect(answer.text).not.toContain(demoEventId(1));
  }

  expect(await send(`${url}/readyz`)).toMatchObject({
    status: 503,
    json: { status: 'not ready', database: false, store: true },
  });
  expect(await send(`${url}/healthz`)).toMatchObject({ status: 200, json: { status: 'ok' } });
  // Routes that need no database still work.
  expect((await send(`${url}/videos/v1-video/${hash}.mp4`)).status).toBe(200);
  expect(services.logLines.join('')).toContain('request failed');
});

it('returns 503 for /readyz while the store is not writable', async () => {
  const { services, url } = await serve();
  await rm(services.storeDir, { recursive: true });
  await writeFile(services.storeDir, 'a file instead of the folder');
  expect(await send(`${url}/readyz`)).toMatchObject({
    status: 503,
    json: { status: 'not ready', database: true, store: false },
  });
});

it('returns 500 with a generic message for an internal error, and logs the cause', async () => {
  const { services, url } = await serve();
  await services.database.executeSql('alter table friction_events rename to gone');
  for (const answer of [
    await postJson(`${url}/api/v1/admin/render-video`, { friction_id: demoEventId(1) }),
    await postJson(`${url}/trpc/admin.renderVideo`, { friction_id: demoEventId(1) }),
  ]) {
    expect(answer.status).toBe(500);
    const { error } = answer.json;
    expect(error.data?.error_code ?? error.code).toBe('INTERNAL');
    expect(error.message).toBe('Internal server error.');
    expect(answer.text).not.toMatch(/friction_events|42P01|select| at |\.ts/);
  }
  const log = services.logLines.join('');
  expect(log).toContain('42P01');
  expect(log).not.toContain(demoEventId(1));
});

it('returns 500 for a row that violates the contract, without the row', async () => {
  const { services, url } = await serve();
  await services.database.executeSql(
    'alter table friction_events drop constraint if exists friction_events_friction_score_check',
  );
  await services.database.executeSql('update friction_events set friction_score = 1000');
  const answer = await getAsAdmin(`${url}/api/v1/admin/friction-events/${demoEventId(1)}`);
  expect(answer.status).toBe(500);
  expect(answer.json.error).toEqual({ code: 'INTERNAL', message: 'Internal server error.' });
});
