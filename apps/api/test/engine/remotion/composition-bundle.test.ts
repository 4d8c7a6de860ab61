import { mkdirSync, writeFileSync } from 'node:fs';
import { readdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { RENDERER_VERSION } from '@defrag/core';
import { expect, test, vi } from 'vitest';
import { bundleComposition, bundleKey } from '../../../src/engine/remotion/composition-bundle.ts';
import { temporaryFolder } from '../../support/temporary-folder.ts';
import { TEST_BUNDLES_DIR } from '../support/test-requests.ts';

vi.setConfig({ testTimeout: 300_000 });

test('bundles once, with relative URLs, and reuses the bundle the next time', async () => {
  const bundle = await bundleComposition(TEST_BUNDLES_DIR);
  expect(bundle.key).toMatch(new RegExp(`^${RENDERER_VERSION}-[0-9a-f]{16}$`));
  expect(await bundleComposition(TEST_BUNDLES_DIR)).toEqual({ ...bundle, bundlingMs: undefined });

  const files = await readdir(bundle.path);
  expect(files).toEqual(expect.arrayContaining(['index.html', 'bundle.js']));
  expect(files.some((file) => file.endsWith('.wasm'))).toBe(true);
  // Relative, so that the bundle can be served from any path.
  const page = await readFile(join(bundle.path, 'index.html'), 'utf8');
  expect([...page.matchAll(/<script src="([^"]+)"/g)].map((match) => match[1])).toEqual(['./bundle.js']);
});

test('uses the bundle of another process that finishes first, and leaves no other files', async () => {
  const bundlesDir = await temporaryFolder();
  const key = await bundleKey();
  const bundle = await bundleComposition(bundlesDir, () => {
    mkdirSync(join(bundlesDir, key));
    writeFileSync(join(bundlesDir, key, 'index.html'), 'of the other process');
  });
  expect(bundle).toMatchObject({ key, path: join(bundlesDir, key), bundlingMs: expect.any(Number) });
  expect(await readdir(bundlesDir)).toEqual([key]);
  expect(await readdir(bundle.path)).toEqual(['index.html']);
});
