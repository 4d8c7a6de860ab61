import { readdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { RENDERER_VERSION } from '@defrag/core';
import { expect, test } from 'vitest';
import { bundleComposition } from '../../../src/engine/remotion/bundle-composition.ts';
import { temporaryFolder } from '../../support/temporary-folder.ts';

test('two bundlings at the same time leave one whole bundle, which the next one finds', {
  timeout: 300_000,
}, async () => {
  const bundlesDir = join(await temporaryFolder(), 'bundles');
  const [first, second] = await Promise.all([bundleComposition(bundlesDir), bundleComposition(bundlesDir)]);
  expect(first.key).toMatch(new RegExp(`^${RENDERER_VERSION}-[0-9a-f]{16}$`));
  expect(second.path).toBe(first.path);
  expect(await readdir(bundlesDir)).toEqual([first.key]);
  expect(first.bundlingMs).toBeGreaterThan(0);
  expect(await bundleComposition(bundlesDir)).toEqual({ ...first, bundlingMs: undefined });

  const files = await readdir(first.path);
  expect(files).toEqual(expect.arrayContaining(['index.html', 'bundle.js']));
  expect(files.some((file) => file.endsWith('.wasm'))).toBe(true);
  // So that it may be served from below any address.
  const page = await readFile(join(first.path, 'index.html'), 'utf8');
  expect([...page.matchAll(/<script src="([^"]+)"/g)].map((match) => match[1])).toEqual(['./bundle.js']);
});
