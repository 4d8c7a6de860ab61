import { findLambdaRender, findRenderJob, recordLambdaWebhook } from '@defrag/db';
import type { RenderProgress } from '@remotion/lambda-client';
import { expect, it } from 'vitest';
import { createLambdaEngine } from '../../../src/engine/lambda/index.ts';
import { renderVideo } from '../../../src/pipeline/requests/render-video.ts';
import { startWorker } from '../../../src/pipeline/worker/start-worker.ts';
import { demoEventId, openTestServices } from '../../support/test-services.ts';

// On AWS a hanging chunk looks like a render without progress: no webhook, no file, no error. So this test scripts AWS.

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
const FILE = { sizeBytes: 5, contentSha256: 'a'.repeat(64), key: 'incoming', etag: '"tag"' };

const PROGRESS = { framesRendered: 15, errors: [], done: false, renderMetadata: null };

it('ends a hanging render at its deadline, cancels it on AWS and renders again on the next try', async () => {
  const { store, ...services } = await openTestServices({ tries: 2 });
  const { orm } = services.database;
  const invoked: string[] = [];
  const cancelled: string[] = [];
  const incoming = { inspect: async () => FILE, adopt: async () => undefined, remove: async () => undefined };
  const engine = createLambdaEngine({
    settings: SETTINGS,
    database: services.database,
    incoming,
    logger: services.logger,
    graceSeconds: 1,
    aws: {
      async invoke({ id }) {
        const remotionRenderId = `remotion-${invoked.push(id)}`;
        if (invoked.length > 1) await recordLambdaWebhook(orm, { id, remotionRenderId, outcome: 'success' });
        return remotionRenderId;
      },
      progress: async () => PROGRESS as unknown as RenderProgress,
      cancel: async (id) => void cancelled.push(id),
    },
  });
  const withBucket = { ...services, store: { ...store, incoming } };
  const worker = await startWorker(withBucket, engine, { concurrency: 1, scratchDir: services.scratchDir });
  try {
    const { status, jobId = '' } = await renderVideo(withBucket, {
      frictionId: demoEventId(1),
      durationMs: 1_000,
      forceRegenerate: false,
      waitSeconds: 60,
    });
    expect(status).toBe('READY');
    expect(await findRenderJob(orm, jobId)).toMatchObject({ state: 'SUCCEEDED', tries: 2 });
    expect(cancelled).toEqual(['remotion-1']);
    expect((await findLambdaRender(orm, invoked[0] ?? ''))?.state).toBe('TIMED_OUT');
    expect(invoked).toHaveLength(2);
  } finally {
    await worker.close();
    await services.close();
  }
});
