import { findLambdaRender, recordLambdaWebhook } from '@defrag/db';
import type { RenderProgress } from '@remotion/lambda-client';
import { afterEach, beforeEach, expect, it } from 'vitest';
import type { LambdaAws } from '../../../src/engine/lambda/aws.ts';
import { createLambdaEngine, type LambdaEngine } from '../../../src/engine/lambda/index.ts';
import { fetchFrictionEvent, inputsOf } from '../../../src/pipeline/friction-event.ts';
import { renderVideo } from '../../../src/pipeline/requests/render-video.ts';
import { demoEventId, openTestServices, type TestServices } from '../../support/test-services.ts';

// On AWS a hanging chunk shows only as a render that makes no progress: no webhook, no file, no error. So AWS is scripted here.

const SETTINGS = {
  region: 'eu-central-1',
  functionName: 'remotion-render-4-0-527-mem2048mb-disk2048mb-1sec',
  serveUrl: 'https://site.example/index.html',
  bucket: 'remotionlambda',
  framesPerLambda: 15,
  concurrency: 100,
  webhook: { url: 'https://api.example', secret: 'secret' },
  output: { endpoint: 'https://r2.example', bucket: 'videos', accessKeyId: 'key', secretAccessKey: 'secret' },
};
const CONTENT = { sizeBytes: 5, contentSha256: 'a'.repeat(64), key: 'incoming', etag: '"tag"' };

let services: TestServices;
let engine: LambdaEngine;
let invoked: string[];
let cancelled: string[];
let isDone: boolean;

beforeEach(async () => {
  services = await openTestServices({ tries: 2 });
  [invoked, cancelled, isDone] = [[], [], false];
  const progress = () =>
    ({ framesRendered: 15, errors: [], done: isDone, renderMetadata: null }) as unknown as RenderProgress;
  const aws: LambdaAws = {
    async invoke({ id }) {
      const renderId = `remotion-${invoked.push(id)}`;
      if (isDone) {
        await recordLambdaWebhook(services.database.orm, {
          id,
          remotionRenderId: renderId,
          outcome: 'success',
        });
      }
      return renderId;
    },
    progress: async () => progress(),
    cancel: async (id) => void cancelled.push(id),
  };
  const incoming = {
    inspect: async () => CONTENT,
    adopt: async () => undefined,
    remove: async () => undefined,
  };
  const { database, logger } = services;
  engine = createLambdaEngine({ settings: SETTINGS, database, incoming, logger, aws, graceSeconds: 1 });
});

afterEach(async () => {
  await engine.close();
  await services.close();
});

it('gives up a render that hangs after its deadline, cancels it on AWS and begins a new one in the next try', async () => {
  const event = await fetchFrictionEvent(services, demoEventId(1));
  const { jobId } = await renderVideo(services, {
    frictionId: demoEventId(1),
    durationMs: 1_000,
    forceRegenerate: false,
    waitSeconds: 0,
  });
  const request = {
    inputs: inputsOf(event, 1_000),
    jobId,
    scratch: '/not-used',
    signal: new AbortController().signal,
    onProgress: () => undefined,
  };
  await expect(engine.render(request)).rejects.toMatchObject({ code: 'RENDER_TIMED_OUT' });
  expect(cancelled).toEqual(['remotion-1']);
  const [first = ''] = invoked;
  expect((await findLambdaRender(services.database.orm, first))?.state).toBe('TIMED_OUT');

  isDone = true;
  await expect(engine.render(request)).resolves.toMatchObject({ sizeBytes: 5, frames: 30 });
  expect(invoked).toHaveLength(2);
});
