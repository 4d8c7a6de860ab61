import { failRender, recordRenderProgress } from '@defrag/db';
import { describe, expect, it } from 'vitest';
import { demoEventId } from '../support/test-services.ts';
import { countLooks } from './support/count-looks.ts';
import { openStream } from './support/event-stream.ts';
import { ADMIN_HEADERS, getAsAdmin, send } from './support/http.ts';
import { beginRender, finishRender, queueVideo, readyVideo } from './support/ready-video.ts';
import { openTestServer, startServer } from './support/test-server.ts';

const { services, server } = await openTestServer();

const progressUrl = (hash: string, { url }: { url: string } = server) =>
  `${url}/trpc/admin.videos.progress?input=${encodeURIComponent(JSON.stringify({ hash }))}`;
const report = (jobId: string, framesDone: number) =>
  recordRenderProgress(services.database.orm, { jobId, framesDone });

describe('admin.videos.progress', () => {
  it('sends each change until READY, then ends', async () => {
    const video = await queueVideo(services, demoEventId(1));
    const stream = await openStream(progressUrl(video.hash));
    expect(stream.response.status).toBe(200);
    expect(stream.response.headers.get('content-type')).toBe('text/event-stream');
    expect(stream.response.headers.get('cache-control')).toContain('no-cache');
    expect((await stream.next())?.event).toBe('connected');
    expect(await stream.next()).toMatchObject({
      event: 'message',
      data: {
        hash: video.hash,
        status: 'QUEUED',
        job_id: video.jobId,
        job_state: 'QUEUED',
        frames_done: 0,
        frames_total: 180,
        url: null,
      },
    });

    await beginRender(services, video);
    expect((await stream.next())?.data).toMatchObject({ job_state: 'RENDERING', tries: 1, frames_done: 0 });
    await report(video.jobId, 90);
    expect((await stream.next())?.data).toMatchObject({ frames_done: 90 });
    await finishRender(services, video, Buffer.from('video'));
    expect((await stream.next())?.data).toMatchObject({
      status: 'READY',
      job_state: 'SUCCEEDED',
      frames_done: 180,
      url: expect.stringContaining(video.hash),
    });
    expect((await stream.rest()).map(({ event }) => event)).toEqual(['return']);
  });

  it('ends with the error code of a failed render', async () => {
    const video = await queueVideo(services, demoEventId(2));
    await beginRender(services, video);
    const stream = await openStream(progressUrl(video.hash));
    await stream.next();
    await stream.next();
    const failure = { ...video, errorCode: 'RENDER_OUT_OF_SPACE', errorMessage: 'The disk is full.' };
    await failRender(services.database.orm, failure);
    const [last, end] = await stream.rest();
    expect(last?.data).toMatchObject({
      status: 'FAILED',
      job_state: 'FAILED',
      error_code: 'RENDER_OUT_OF_SPACE',
    });
    expect(end?.event).toBe('return');
  });

  it('sends one item for a video that is not being rendered, and ends', async () => {
    const { hash } = await readyVideo(services, demoEventId(3));
    const stream = await openStream(progressUrl(hash));
    const events = await stream.rest();
    expect(events.map(({ event }) => event)).toEqual(['connected', 'message', 'return']);
    expect(events[1]?.data.status).toBe('READY');
  });

  it('resumes from Last-Event-ID without repeating or contradicting earlier events', async () => {
    const video = await queueVideo(services, demoEventId(4));
    await beginRender(services, video);
    await report(video.jobId, 60);
    const first = await openStream(progressUrl(video.hash));
    await first.next();
    const seen = await first.next();
    expect(seen?.data.frames_done).toBe(60);
    first.close();

    // Another process serves the second stream.
    const other = await startServer(services);
    const second = await openStream(progressUrl(video.hash, other), { 'last-event-id': seen?.id ?? '' });
    expect((await second.next())?.event).toBe('connected');
    await report(video.jobId, 61);
    const next = await second.next();
    expect(next?.data.frames_done).toBe(61);
    await finishRender(services, video, Buffer.from('video'));
    const rest = await second.rest();
    expect(rest.map(({ event }) => event)).toEqual(['message', 'return']);

    // A client that saw the last item and then lost the connection receives only the end.
    const third = await openStream(progressUrl(video.hash), { 'last-event-id': rest[0]?.id ?? '' });
    expect((await third.rest()).map(({ event }) => event)).toEqual(['connected', 'return']);
    await other.app.close();
  });

  it('ignores an invalid Last-Event-ID', async () => {
    const { hash } = await readyVideo(services, demoEventId(5));
    const stream = await openStream(progressUrl(hash), { 'last-event-id': 'nonsense' });
    expect((await stream.rest()).map(({ event }) => event)).toEqual(['connected', 'message', 'return']);
  });

  it('stops polling the database when the client disconnects', async () => {
    const counted = countLooks(services);
    const counting = await startServer(services, { services: counted.services });
    const video = await queueVideo(services, demoEventId(6));
    const stream = await openStream(progressUrl(video.hash, counting));
    await counted.expectLooks(2);
    stream.close();
    await counted.expectNoMoreLooks();
    await counting.app.close();
  });

  it('sends pings while idle, and the timeout after which to reconnect', async () => {
    const { hash } = await queueVideo(services, demoEventId(8));
    const { response, next, close } = await openStream(progressUrl(hash));
    const connected = await next();
    expect(connected?.data.reconnectAfterInactivityMs).toBeGreaterThan(10_000);
    expect(response.headers.get('x-accel-buffering')).toBe('no');
    close();

    const raw = await fetch(progressUrl(hash), {
      headers: { ...ADMIN_HEADERS, accept: 'text/event-stream' },
    });
    for await (const chunk of raw.body?.pipeThrough(new TextDecoderStream()) ?? []) {
      if (chunk.includes('event: ping')) break;
    }
  });

  it('ends without the event `return` when the server stops', async () => {
    const stopping = await startServer(services);
    const video = await queueVideo(services, demoEventId(7));
    const stream = await openStream(progressUrl(video.hash, stopping));
    await stream.next();
    await stream.next();
    const closed = stopping.app.close();
    expect(await stream.rest()).toEqual([]);
    await closed;
  });

  it('sends VIDEO_NOT_FOUND for an unknown video', async () => {
    const stream = await openStream(progressUrl('f'.repeat(64)));
    const [, error] = await stream.rest();
    expect(error).toMatchObject({
      event: 'serialized-error',
      data: { data: { error_code: 'VIDEO_NOT_FOUND', httpStatus: 404 } },
    });
    expect(JSON.stringify(error)).not.toContain('stack');
  });

  it('names the invalid field of its input', async () => {
    const stream = await openStream(progressUrl('x'));
    const [, error] = await stream.rest();
    expect(error?.data.data.issues).toEqual([
      { path: ['hash'], message: 'must be a video hash: 64 lowercase hexadecimal digits' },
    ]);
  });

  it('returns 401 without a key', async () => {
    const answer = await send(progressUrl('f'.repeat(64)), { headers: { accept: 'text/event-stream' } });
    expect(answer.status).toBe(401);
  });

  it('returns 400 in a batch', async () => {
    const input = encodeURIComponent(JSON.stringify({ 0: { hash: 'f'.repeat(64) } }));
    const answer = await getAsAdmin(`${server.url}/trpc/admin.videos.progress?batch=1&input=${input}`);
    expect(answer.status).toBe(400);
  });
});
