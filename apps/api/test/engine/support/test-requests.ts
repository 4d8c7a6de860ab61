import { mkdtempSync } from 'node:fs';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { videoInputs } from '@defrag/core';
import { pino } from 'pino';
import { afterAll } from 'vitest';
import type { RenderRequest } from '../../../src/engine/engine.ts';
import { createRemotionEngine, type RemotionEngineOptions } from '../../../src/engine/remotion/index.ts';

const folder = await mkdtemp(join(tmpdir(), 'defrag-engine-test-'));
afterAll(() => rm(folder, { recursive: true, force: true }));

/** A request for a video with many lines, one second long by default. Its scratch folder is removed after the test file. */
export function testRequest(overrides: Partial<RenderRequest> & { durationMs?: number } = {}): RenderRequest {
  const { durationMs = 1_000, ...rest } = overrides;
  return {
    inputs: videoInputs({ frictionScore: 72, pressureScore: 55, seed: 'test', durationMs }),
    scratch: mkdtempSync(join(folder, 'render-')),
    signal: new AbortController().signal,
    onProgress() {},
    ...rest,
  };
}

/** Shared by all tests, because bundling the composition takes seconds; the bundle's key changes with its sources. */
export const TEST_BUNDLES_DIR = fileURLToPath(
  new URL('../../../node_modules/.cache/remotion-bundles', import.meta.url),
);

export function openRemotionEngine(options: Partial<RemotionEngineOptions> = {}) {
  const logger = pino({ level: 'silent' });
  return createRemotionEngine({ concurrency: 2, bundlesDir: TEST_BUNDLES_DIR, logger, ...options });
}
