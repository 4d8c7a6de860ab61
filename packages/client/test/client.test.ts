import { createServer } from 'node:http';
import {
  ADMIN_KEY,
  beginRender,
  CRON_SECRET,
  demoEventId,
  finishRender,
  openTestServer,
  queueVideo,
  readyVideo,
  startServer,
} from '@defrag/api/test-server';
import { failRender, recordRenderProgress } from '@defrag/db';
import { describe, expect, it, onTestFinished } from 'vitest';
import {
  createDefragClient,
  type DefragClient,
  type DefragError,
  isDefragError,
  type RouterOutputs,
  waitFor,
} from '../src/index.ts';

const { services, server } = await openTestServer();
type VideoProgress =
  RouterOutputs['admin']['videos']['progress'] extends AsyncIterable<{ data: infer Data }> ? Data : never;

const client = createDefragClient({ url: server.url, adminKey: ADMIN_KEY });

/** Reads the progress stream of a video to its end. */
function follow(
  hash: string,
  options: { from?: DefragClient; onItem?: (item: VideoProgress) => void } = {},
): Promise<VideoProgress[]> {
  const items: VideoProgress[] = [];
  return new Promise((resolve, reject) => {
    (options.from ?? client).admin.videos.progress.subscribe(
      { hash },
      {
        onData: ({ data }) => {
          items.push(data);
          options.onItem?.(data);
        },
        onError: reject,
        onComplete: () => resolve(items),
      },
    );
  });
}

async function failureOf(call: Promise<unknown>): Promise<DefragError> {
  const error = await call.then(
    () => new Error('the call succeeded'),
    (reason: unknown) => reason,
  );
  if (!isDefragError(error)) throw error;
  return error;
}

describe('createDefragClient', () => {
  it('calls queries and mutations', async () => {
    const events = await client.admin.frictionEvents.list.query({ limit: 2 });
    expect(events.items).toHaveLength(2);
    expect((await client.admin.videos.list.query()).items).toEqual([]);
    const asked = await client.admin.renderVideo.mutate({ friction_id: demoEventId(1) });
    expect(asked.status).toBe('QUEUED');
    expect(await client.admin.videos.cancel.mutate({ hash: asked.hash })).toEqual({
      hash: asked.hash,
      cancelled: true,
    });
    expect((await client.admin.videos.retry.mutate({ hash: asked.hash })).status).toBe('QUEUED');
    expect((await client.admin.videos.byHash.query({ hash: asked.hash })).jobs).toHaveLength(2);
    expect((await client.assets.byHash.query({ hash: asked.hash })).status).toBe('QUEUED');
  });

  it('returns READY when waitFor outlasts the render', async () => {
    const video = await queueVideo(services, demoEventId(2));
    await beginRender(services, video);
    const waiting = client.admin.renderVideo.mutate({ friction_id: demoEventId(2) }, waitFor(30));
    await finishRender(services, video, Buffer.from('video'));
    expect((await waiting).status).toBe('READY');
  });

  it('accepts a cron secret instead of the key, and a URL with trailing slashes', async () => {
    const scheduler = createDefragClient({ url: `${server.url}//`, cronSecret: CRON_SECRET });
    expect((await scheduler.admin.videos.list.query()).next_cursor).toBeNull();
    const { hash } = await readyVideo(services, demoEventId(3));
    expect(await follow(hash, { from: scheduler })).toHaveLength(1);
  });

  it('uses the given fetch for calls and for streams', async () => {
    const urls: string[] = [];
    const own = createDefragClient({
      url: server.url,
      adminKey: ADMIN_KEY,
      fetch: (input, init) => {
        urls.push(String(input));
        return fetch(input, init);
      },
    });
    const { hash } = await readyVideo(services, demoEventId(4));
    await own.assets.byHash.query({ hash });
    await follow(hash, { from: own });
    expect(urls.map((url) => new URL(url).pathname)).toEqual([
      '/trpc/assets.byHash',
      '/trpc/admin.videos.progress',
    ]);
  });
});

describe('isDefragError', () => {
  it('exposes the error code, the message and every invalid field', async () => {
    const input = { friction_id: 'x', duration_ms: 5 };
    const error = await failureOf(client.admin.renderVideo.mutate(input));
    expect(error.message).toContain('duration_ms');
    expect(error.data).toMatchObject({
      error_code: 'BAD_REQUEST',
      httpStatus: 400,
      issues: [{ path: ['friction_id'] }, { path: ['duration_ms'] }],
    });
  });

  it('matches only the given error code', async () => {
    const error = await failureOf(client.admin.renderVideo.mutate({ friction_id: demoEventId(99) }));
    expect(isDefragError(error, 'FRICTION_EVENT_NOT_FOUND')).toBe(true);
    expect(isDefragError(error, 'VIDEO_NOT_FOUND')).toBe(false);
    const unauthorized = createDefragClient({ url: server.url });
    expect((await failureOf(unauthorized.admin.videos.list.query())).data.error_code).toBe('UNAUTHORIZED');
  });

  it('exposes the error code of a request that reached no procedure', async () => {
    const limited = await startServer(services, { rateLimit: { adminPerMinute: 1 } });
    const eager = createDefragClient({ url: limited.url, adminKey: ADMIN_KEY });
    await eager.admin.videos.list.query();
    expect((await failureOf(eager.admin.videos.list.query())).data.error_code).toBe('TOO_MANY_REQUESTS');
    await limited.app.close();
  });

  it('returns false for network errors and other values', async () => {
    const nowhere = createDefragClient({ url: 'http://127.0.0.1:9', adminKey: ADMIN_KEY });
    const error = await nowhere.admin.videos.list.query().catch((reason: unknown) => reason);
    expect(error).toBeInstanceOf(Error);
    expect(isDefragError(error)).toBe(false);
    for (const other of [undefined, null, 'text', new Error('x'), { data: { error_code: 'INTERNAL' } }]) {
      expect(isDefragError(other)).toBe(false);
    }
  });
});

describe('a progress stream', () => {
  it('reports a render with frames that never go down, and completes', async () => {
    const video = await queueVideo(services, demoEventId(5));
    const seen = Promise.withResolvers<void>();
    const following = follow(video.hash, {
      onItem: ({ frames_done }) => frames_done === 60 && seen.resolve(),
    });
    await beginRender(services, video);
    await recordRenderProgress(services.database.orm, { jobId: video.jobId, framesDone: 60 });
    await seen.promise;
    await finishRender(services, video, Buffer.from('video'));
    const items = await following;
    const frames = items.map(({ frames_done }) => frames_done);
    expect(frames).toEqual([...frames].sort((left, right) => left - right));
    expect(items.at(-1)).toMatchObject({ status: 'READY', frames_done: 180 });
  });

  it('reconnects to another server and repeats no item', async () => {
    let target = await startServer(services);
    // A load balancer: it forwards each connection to the server that is up.
    const balancer = createServer((request, response) => {
      const { host: _, ...headers } = request.headers;
      fetch(target.url + request.url, { headers: headers as Record<string, string> }).then(
        async (answer) => {
          response.writeHead(answer.status, { 'content-type': answer.headers.get('content-type') ?? '' });
          response.flushHeaders();
          for await (const chunk of answer.body ?? []) response.write(chunk);
          response.end();
        },
        () => response.destroy(),
      );
    });
    const port = await new Promise<number>((resolve) => {
      balancer.listen(0, '127.0.0.1', () => resolve((balancer.address() as { port: number }).port));
    });
    onTestFinished(() => {
      balancer.closeAllConnections();
      balancer.close();
    });

    const video = await queueVideo(services, demoEventId(6));
    await beginRender(services, video);
    await recordRenderProgress(services.database.orm, { jobId: video.jobId, framesDone: 30 });
    const first = Promise.withResolvers<void>();
    const second = Promise.withResolvers<void>();
    const following = follow(video.hash, {
      from: createDefragClient({ url: `http://127.0.0.1:${port}`, adminKey: ADMIN_KEY }),
      onItem: ({ frames_done }) => {
        if (frames_done === 30) first.resolve();
        if (frames_done === 90) second.resolve();
      },
    });
    await first.promise;
    const stopped = target;
    target = await startServer(services);
    await stopped.app.close();
    await recordRenderProgress(services.database.orm, { jobId: video.jobId, framesDone: 90 });
    await second.promise;
    await finishRender(services, video, Buffer.from('video'));
    expect((await following).map(({ frames_done }) => frames_done)).toEqual([30, 90, 180]);
    await target.app.close();
  });

  it('completes with the error code of a failed render', async () => {
    const video = await queueVideo(services, demoEventId(7));
    await beginRender(services, video);
    const following = follow(video.hash);
    const failure = { ...video, errorCode: 'RENDER_TIMED_OUT', errorMessage: 'It took too long.' };
    await failRender(services.database.orm, failure);
    expect((await following).at(-1)).toMatchObject({ status: 'FAILED', error_code: 'RENDER_TIMED_OUT' });
  });

  it('passes errors of the procedure and of authentication to onError', async () => {
    const missing = await failureOf(follow('f'.repeat(64)));
    expect(missing.data.error_code).toBe('VIDEO_NOT_FOUND');
    const wrong = await failureOf(follow('x'));
    expect(wrong.data.issues).toMatchObject([{ path: ['hash'] }]);
    const unauthorized = createDefragClient({ url: server.url, adminKey: 'wrong' });
    const refused = await failureOf(follow('f'.repeat(64), { from: unauthorized }));
    expect(refused.data.error_code).toBe('UNAUTHORIZED');
  });
});
